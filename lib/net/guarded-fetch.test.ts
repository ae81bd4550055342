import { existsSync, readFileSync } from 'node:fs';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { request } from 'undici';
import { z } from 'zod';
import { createGuardedFetch, ForbiddenTargetError, parseAllowedHosts, type Resolver } from '.';
import { specialKind } from './address';
import { forbiddenHost } from './check-url';

const SSRF_URLS = new URL('../../../shared/eval/badinput/ssrf-urls.jsonl', import.meta.url);
const ssrfRow = z.object({ url: z.string(), label: z.enum(['block', 'allow']) });

function ssrfRows() {
  expect(existsSync(SSRF_URLS), `evaluation data must lie at ${SSRF_URLS.pathname}`).toBe(true);
  return readFileSync(SSRF_URLS, 'utf8')
    .trim()
    .split('\n')
    .map((line) => ssrfRow.parse(JSON.parse(line)));
}

let server: http.Server;
let port: number;
let hits = 0;

beforeAll(async () => {
  server = http.createServer((req, res) => {
    hits += 1;
    if (req.url === '/redirect') res.writeHead(302, { location: '/landing' }).end();
    else res.end('hello');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const resolveTo =
  (...addresses: string[]): Resolver =>
  async () =>
    addresses.map((address) => ({ address, family: net.isIPv6(address) ? 6 : 4 }));

describe('guarded fetch', () => {
  it('opens no socket for any URL of the block list', async () => {
    const rows = ssrfRows().filter(({ label }) => label === 'block');
    expect(rows.length).toBeGreaterThan(100);
    const connect = vi.spyOn(net.Socket.prototype, 'connect');
    // The listed names (localtest.me, nip.io, …) resolve to loopback and metadata addresses.
    const guarded = createGuardedFetch({
      lookup: async (name) =>
        resolveTo(name.includes('169.254') ? '169.254.169.254' : '127.0.0.1')(name),
    });
    const passed: string[] = [];
    for (const { url } of rows) {
      for (const variant of [url, `https://${url}`, url.replace(/^http:/, 'https:')]) {
        await guarded.fetch(variant).then(
          () => passed.push(variant),
          (error: unknown) => {
            if (!(error instanceof ForbiddenTargetError))
              passed.push(`${variant}: ${String(error)}`);
          },
        );
      }
    }
    expect(passed).toEqual([]);
    // net.connect runs (and asks the lookup) for names; no address may ever come out of it.
    const dialled = connect.mock.instances.filter(
      (socket) => socket instanceof net.Socket && socket.remoteAddress !== undefined,
    );
    expect(dialled).toEqual([]);
    connect.mockRestore();
    expect(hits).toBe(0);
    await guarded.close();
  });

  it('finds nothing wrong with the addresses of the allow list', () => {
    const rows = ssrfRows().filter(({ label }) => label === 'allow');
    const refused = rows.flatMap(({ url }) => {
      const absolute = URL.canParse(url) ? url : `https://${url.replace(/^\/+/, '')}`;
      const reason = forbiddenHost(new URL(absolute).hostname);
      return reason === null ? [] : [`${url}: ${reason}`];
    });
    expect(refused).toEqual([]);
  });

  it('reaches a private host that the operator listed, by name, by port or by network', async () => {
    for (const entry of ['127.0.0.1', `127.0.0.1:${port}`, '127.0.0.0/8']) {
      const guarded = createGuardedFetch({ allowedHosts: [entry] });
      const response = await guarded.fetch(`http://127.0.0.1:${port}/`);
      expect(await response.text()).toBe('hello');
      await guarded.close();
    }
    const byName = createGuardedFetch({
      allowedHosts: [`llm.corp.example:${port}`],
      lookup: resolveTo('127.0.0.1'),
    });
    expect(await (await byName.fetch(`http://llm.corp.example:${port}/`)).text()).toBe('hello');
    await expect(byName.fetch(`http://llm.corp.example:${port + 1}/`)).rejects.toThrow(/https/);
    await byName.close();
  });

  it('refuses a name whose address turned private after it was checked', async () => {
    const answers = [['93.184.215.14'], ['127.0.0.1']];
    const guarded = createGuardedFetch({
      lookup: async (name) => resolveTo(...(answers.shift() ?? ['127.0.0.1']))(name),
    });
    const url = `https://rebind.example.com:${port}/`;
    expect(guarded.checkUrl(url).ok).toBe(true);
    answers.shift(); // the check's answer is used up; the connection gets the next one
    await expect(guarded.fetch(url)).rejects.toThrow(/loopback/);
    await guarded.close();
  });

  it('lets a name through to a listed network, and nowhere else', async () => {
    const guarded = createGuardedFetch({
      allowedHosts: ['127.0.0.0/8'],
      lookup: async (name) => resolveTo(name.startsWith('in') ? '127.0.0.1' : '10.0.0.1')(name),
    });
    expect(await (await guarded.fetch(`http://in.corp:${port}/`)).text()).toBe('hello');
    await expect(guarded.fetch(`http://out.corp:${port}/`)).rejects.toThrow(/private/);
    await guarded.close();
  });

  it('refuses a name when only one of its addresses is private', async () => {
    const before = hits;
    const guarded = createGuardedFetch({ lookup: resolveTo('93.184.215.14', '10.0.0.1') });
    await expect(guarded.fetch('https://mixed.example.com/')).rejects.toThrow(ForbiddenTargetError);
    expect(hits).toBe(before);
    await guarded.close();
  });

  it('guards the dispatcher as well as fetch', async () => {
    const guarded = createGuardedFetch();
    const send = (url: string) => request(url, { dispatcher: guarded.dispatcher });
    await expect(send(`http://127.0.0.1:${port}/`)).rejects.toThrow(ForbiddenTargetError);
    await expect(send(`https://[::ffff:127.0.0.1]:${port}/`)).rejects.toThrow(ForbiddenTargetError);
    await expect(send('http://93.184.215.14/')).rejects.toThrow(/allowed list/);
    await guarded.close();
  });

  it('follows no redirect', async () => {
    const guarded = createGuardedFetch({ allowedHosts: ['127.0.0.1'] });
    const before = hits;
    await expect(guarded.fetch(`http://127.0.0.1:${port}/redirect`)).rejects.toThrow(/redirect/);
    expect(hits).toBe(before + 1);
    await guarded.close();
  });
});

describe('URL check', () => {
  const check = (url: string, ...allowedHosts: string[]) =>
    createGuardedFetch({ allowedHosts }).checkUrl(url);

  it('says what is wrong and what to do, without repeating a password', () => {
    expect(check('ftp://example.com')).toMatchObject({ ok: false, message: /https:\/\// });
    expect(check('https://me:hunter2@example.com')).toMatchObject({ ok: false });
    expect(JSON.stringify(check('https://me:hunter2@example.com'))).not.toContain('hunter2');
    expect(check('http://example.com')).toMatchObject({ message: /ROLEGATE_ALLOWED_HOSTS/ });
    expect(check('https://localhost:8080')).toMatchObject({ message: /localhost:8080/ });
    expect(check('https://metadata/')).toMatchObject({ ok: false });
  });

  it('passes public https and listed networks', () => {
    expect(check('https://api.openai.com/v1').ok).toBe(true);
    expect(check('http://10.1.2.3:11434', '10.1.0.0/16').ok).toBe(true);
    expect(check('http://10.2.2.3:11434', '10.1.0.0/16').ok).toBe(false);
  });
});

describe('special addresses', () => {
  it('knows every family of them', () => {
    const special = [
      '0.0.0.0',
      '10.1.2.3',
      '100.64.0.1',
      '127.8.8.8',
      '169.254.169.254',
      '172.31.255.255',
      '192.0.0.192',
      '192.168.0.1',
      '198.18.0.1',
      '224.0.0.1',
      '240.0.0.1',
      '255.255.255.255',
      '::',
      '::1',
      'fe80::1',
      'fe80::1%eth0',
      'fc00::1',
      'fd00:ec2::254',
      'fec0::1',
      'ff02::1',
      '::ffff:127.0.0.1',
      '::ffff:0:10.0.0.1',
      '64:ff9b::a9fe:a9fe',
      '64:ff9b:1::7f00:1',
      '2002:7f00:1::',
      '2001::1',
      '2001:db8::1',
      '::7f00:1',
      '100::1',
      '4000::1',
      'nonsense',
    ];
    expect(special.filter((address) => specialKind(address) === null)).toEqual([]);
    const open = ['8.8.8.8', '142.42.1.1', '2606:4700::1111', '::ffff:8.8.8.8', '2002:808:808::1'];
    expect(open.filter((address) => specialKind(address) !== null)).toEqual([]);
  });

  it('refuses an allowed-hosts entry that is neither host nor network', () => {
    expect(() => parseAllowedHosts(['10.0.0.0/99'])).toThrow(/10\.0\.0\.0\/99/);
    expect(() => parseAllowedHosts(['http://x'])).toThrow(RangeError);
  });
});
