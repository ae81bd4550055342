import { createHmac, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { AlertOutcome, DueAlert } from '@/lib/db/alerts-repository';
import { createGuardedFetch } from '@/lib/net';
import type { AlertPayload } from './alert-payload';
import { deliver, type DeliveryDeps } from './deliver';
import { AlertDispatcher } from './dispatcher';
import { startMailServer, startReceiver } from './testing/receivers';
import { webhookSecret } from './webhook';

const KEY = randomBytes(32).toString('base64');
const NOW = Date.UTC(2026, 5, 17, 12);
const network = createGuardedFetch({ allowedHosts: ['127.0.0.1'] });
const open: { close(done: () => void): unknown }[] = [];
afterEach(() =>
  Promise.all(open.splice(0).map((each) => new Promise<void>((done) => void each.close(done)))),
);
afterAll(() => network.close());

const PAYLOAD: AlertPayload = {
  level: 'warning',
  window: 'day',
  tenant: 'Acme <Labs>',
  role: 'support & sales',
  startsAt: '2026-06-17T00:00:00.000Z',
  resetsAt: '2026-06-18T00:00:00.000Z',
  spentUsd: '0.8123456789',
  limitUsd: '1',
  onExceeded: 'block',
};
const alert = (changes: Partial<DueAlert> = {}): DueAlert => ({
  id: 'alert-1',
  tenantId: 'tenant-1',
  kind: 'budget_alert',
  channel: 'webhook',
  target: '',
  payload: PAYLOAD,
  attempts: 1,
  ...changes,
});
const deps = (changes: Partial<DeliveryDeps> = {}): DeliveryDeps => ({
  network,
  sendMail: null,
  encryptionKey: KEY,
  now: () => NOW,
  timeoutMs: 20_000,
  ...changes,
});

async function receiver(respond: (response: ServerResponse) => void) {
  const started = await startReceiver(respond);
  open.push(started);
  return started;
}

describe('webhooks', () => {
  it('carry a signature that a receiver can check, and the same id on every try', async () => {
    const { url, received } = await receiver((response) => response.writeHead(204).end());
    expect(await deliver(alert({ target: url }), deps())).toEqual({ status: 'sent' });
    expect(await deliver(alert({ target: url, attempts: 2 }), deps())).toEqual({ status: 'sent' });
    const [first, second] = received;
    const {
      'webhook-id': id,
      'webhook-timestamp': at,
      'webhook-signature': signature,
    } = first!.headers;
    const secret = Buffer.from(webhookSecret('tenant-1', KEY).slice('whsec_'.length), 'base64');
    const expected = createHmac('sha256', secret)
      .update(`${id as string}.${at as string}.${first!.body}`)
      .digest('base64');
    expect(signature).toBe(`v1,${expected}`);
    expect(Number(at)).toBe(NOW / 1000);
    expect(second!.headers['webhook-id']).toBe(id);
    expect(JSON.parse(first!.body)).toEqual({ id: 'alert-1', type: 'budget_alert', data: PAYLOAD });
  });

  it('pass the check that the documentation gives receivers, which refuses any change', async () => {
    const { url, received } = await receiver((response) => response.writeHead(204).end());
    await deliver(alert({ target: url }), deps({ now: Date.now }));
    const docs = await readFile(new URL('../../docs/budgets.md', import.meta.url), 'utf8');
    const folder = await mkdtemp(join(tmpdir(), 'rolegate-webhook-'));
    const file = join(folder, 'verify.mjs');
    await writeFile(file, /```js\n(.*?)```/s.exec(docs)?.[1] ?? '');
    const { verify } = (await import(pathToFileURL(file).href)) as {
      verify(secret: string, headers: object, body: string): unknown;
    };
    await rm(folder, { recursive: true });
    const secret = webhookSecret('tenant-1', KEY);
    const [{ headers, body }] = received as [(typeof received)[number]];
    expect(verify(secret, headers, body)).toMatchObject({ type: 'budget_alert', data: PAYLOAD });
    expect(() => verify(secret, headers, body.replace('0.81', '0.11'))).toThrow('wrong signature');
    const late = { ...headers, 'webhook-timestamp': String(NOW / 1000) };
    expect(() => verify(secret, late, body)).toThrow('too old');
  });

  it('are signed by another key for each tenant', () => {
    expect(webhookSecret('tenant-1', KEY)).not.toBe(webhookSecret('tenant-2', KEY));
    expect(webhookSecret('tenant-1', KEY)).toBe(webhookSecret('tenant-1', KEY));
  });

  it.each([500, 503, 404, 429])(
    'are tried again after a %i, later each time, without showing the URL',
    async (status) => {
      const { url } = await receiver((response) => response.writeHead(status).end('no'));
      const waits = [];
      for (const attempts of [1, 2, 3]) {
        const outcome = await deliver(alert({ target: url, attempts }), deps());
        if (outcome.status !== 'retry') throw new Error(outcome.status);
        expect(outcome.error).toBe(`the receiver answered ${status}`);
        waits.push(outcome.at.getTime() - NOW);
      }
      expect(waits).toEqual([10_000, 20_000, 40_000]);
    },
  );

  it('are given up after the twelfth try', async () => {
    const { url } = await receiver((response) => response.writeHead(500).end());
    expect(await deliver(alert({ target: url, attempts: 12 }), deps())).toMatchObject({
      status: 'failed',
    });
  });

  it('fail at once when the receiver says it is gone', async () => {
    const { url } = await receiver((response) => response.writeHead(410).end());
    expect(await deliver(alert({ target: url }), deps())).toMatchObject({ status: 'failed' });
  });

  it('are tried again when the receiver hangs or is not there', async () => {
    const hanging = await receiver(() => undefined);
    expect(await deliver(alert({ target: hanging.url }), deps({ timeoutMs: 100 }))).toMatchObject({
      status: 'retry',
      error: 'the receiver did not answer in time',
    });
    const closed = await receiver(() => undefined);
    await Promise.all(
      open.splice(0).map((each) => new Promise<void>((done) => void each.close(done))),
    );
    expect(await deliver(alert({ target: closed.url }), deps())).toMatchObject({
      status: 'retry',
      error: 'the connection failed (ECONNREFUSED)',
    });
  });

  it('follow no redirect and reach no private address', async () => {
    const inner = await receiver((response) => response.writeHead(200).end());
    const { url } = await receiver((response) =>
      response.writeHead(302, { location: inner.url }).end(),
    );
    expect(await deliver(alert({ target: url }), deps())).toMatchObject({ status: 'failed' });
    expect(inner.received).toEqual([]);
    const strict = createGuardedFetch();
    const outcome = await deliver(alert({ target: inner.url }), deps({ network: strict }));
    expect(outcome).toMatchObject({ status: 'failed' });
    expect(JSON.stringify(outcome)).not.toContain('secret-path');
    expect(inner.received).toEqual([]);
    await strict.close();
  });
});

describe('Slack', () => {
  it('gets blocks a person understands, names kept from being markup', async () => {
    const { url, received } = await receiver((response) => response.writeHead(200).end('ok'));
    await deliver(alert({ channel: 'slack', target: url }), deps());
    const message = JSON.parse(received[0]!.body) as { text: string };
    expect(message.text).toBe(
      'Warning: 81 % of the daily budget of role "support & sales" is used',
    );
    expect(received[0]!.body).toContain('Acme &lt;Labs&gt;');
    expect(received[0]!.body).toContain('$0.8123456789');
    expect(received[0]!.headers).not.toHaveProperty('webhook-signature');
  });
});

describe('e-mail', () => {
  const mailServer = async () => {
    const server = await startMailServer();
    open.push(server);
    return server;
  };

  it('reaches one address although the server refuses the other', async () => {
    const { sendMail, mails } = await mailServer();
    const good = await deliver(
      alert({ channel: 'email', target: 'a@example.com' }),
      deps({ sendMail }),
    );
    const bad = await deliver(
      alert({ id: 'alert-2', channel: 'email', target: 'refused@example.com' }),
      deps({ sendMail }),
    );
    expect(good).toEqual({ status: 'sent' });
    expect(bad).toEqual({ status: 'failed', error: 'the mail server answered 550' });
    const busy = await deliver(
      alert({ id: 'alert-3', channel: 'email', target: 'busy@example.com' }),
      deps({ sendMail }),
    );
    expect(busy).toMatchObject({ status: 'retry', error: 'the mail server answered 451' });
    expect(mails).toHaveLength(1);
    expect(mails[0]!.to).toEqual(['a@example.com']);
    expect(mails[0]!.raw).toContain('Message-ID: <alert-1@rolegate>');
    expect(mails[0]!.raw).toContain('text/plain');
    expect(mails[0]!.raw).toContain('text/html');
  });

  it('is undeliverable, and says why, while no mail server is configured', async () => {
    expect(await deliver(alert({ channel: 'email', target: 'a@example.com' }), deps())).toEqual({
      status: 'undeliverable',
      error: 'no mail server is configured: set SMTP_URL and SMTP_FROM',
    });
  });
});

describe('AlertDispatcher', () => {
  it('works the outbox off in batches, each alert once, and stops', async () => {
    const { url, received } = await receiver((response) => response.writeHead(200).end());
    const outbox = Array.from({ length: 45 }, (_, index) =>
      alert({ id: `alert-${index}`, target: url }),
    );
    const settled: [string, AlertOutcome][] = [];
    const dispatcher = new AlertDispatcher({
      ...deps({ timeoutMs: 5_000 }),
      claim: (limit) => Promise.resolve(outbox.splice(0, limit)),
      settle: (id, outcome) => {
        settled.push([id, outcome]);
        return Promise.resolve();
      },
      onFault: (error) => {
        throw error;
      },
    });
    await Promise.all([dispatcher.run(), dispatcher.run()]);
    expect(received).toHaveLength(45);
    expect(new Set(settled.map(([id]) => id)).size).toBe(45);
    await dispatcher.stop();
    outbox.push(alert({ target: url }));
    await dispatcher.run();
    expect(received).toHaveLength(45);
  });

  it('tells of an outbox that cannot be read, and goes on the next time', async () => {
    const faults: unknown[] = [];
    let broken = true;
    const dispatcher = new AlertDispatcher({
      ...deps(),
      claim: () => (broken ? Promise.reject(new Error('away')) : Promise.resolve([])),
      settle: () => Promise.resolve(),
      onFault: (error) => faults.push(error),
    });
    await dispatcher.run();
    broken = false;
    await dispatcher.run();
    expect(faults).toHaveLength(1);
  });
});
