import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { signIn } from '@/e2e/support/sign-in';
import { chat, cleanUp, execute, newDirectory, start, temporaryDirectory } from './support';

const dataDirectory = async () => join(await temporaryDirectory(), 'data');

/** Of the tests that only stop what they started, in good order: most starts are not the first. */
const used = await newDirectory();
afterAll(used.remove);

/** Resolves once nothing accepts connections at `url` any more. */
async function refusesConnections(url: string): Promise<void> {
  const refused = () =>
    fetch(url).then(
      async (response) => {
        await response.body?.cancel();
        return false;
      },
      () => true,
    );
  while (!(await refused()));
}

describe('npm start', () => {
  it('prints a sign-in and a curl line that work as printed, the password only once', async () => {
    const dataDir = await dataDirectory();
    const first = start({ dataDir, through: 'npm' });
    const banner = await first.ready;
    expect(banner.email).toBe('admin@rolegate.local');
    await signIn(banner.consoleUrl, banner.email, banner.password ?? '');
    const { stdout } = await execute('bash', ['-c', banner.curl ?? 'false']);
    expect(JSON.parse(stdout)).toMatchObject({ object: 'chat.completion' });
    expect(await first.stop()).toBe(0);

    const second = start({ dataDir });
    const again = await second.ready;
    expect(again.password).toBeUndefined();
    expect(again.demoKey).toBe(banner.demoKey);
    expect(await second.stop('SIGINT')).toBe(0);
  });

  it.each([
    ['SIGTERM', 'npm'],
    ['SIGINT', 'npm'],
    ['SIGTERM', 'node'],
    ['SIGINT', 'node'],
  ] as const)(
    'finishes what is in flight on both planes when %s reaches %s, then ends with 0',
    async (signal, through) => {
      const server = start({ dataDir: used.path, through });
      const { gatewayUrl, consoleUrl, demoKey } = await server.ready;
      const stream = await chat(gatewayUrl, demoKey, '[[tokens:60]] [[delay:300]] hello', true);
      const slow = [
        chat(gatewayUrl, demoKey, '[[delay:1500]] hello'),
        chat(`${consoleUrl}/api/v1`, demoKey, '[[delay:1500]] hello'),
      ];
      // One short answer on each plane shows that the slow ones before it have arrived.
      await (await chat(gatewayUrl, demoKey, 'hello')).text();
      await (await chat(`${consoleUrl}/api/v1`, demoKey, 'hello')).text();
      server.process.kill(signal);
      const answers = await Promise.all(slow);
      expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
      await Promise.all(answers.map((answer) => answer.json()));
      expect(await stream.text()).toMatch(/data: \[DONE\]\s*$/);
      expect(await server.ended).toBe(0);
      expect(server.output()).toContain('Stopped.');
    },
  );

  it('stops accepting at once, and ends at once on a second signal', async () => {
    const server = start({ dataDir: await dataDirectory() });
    const { gatewayUrl, demoKey } = await server.ready;
    const pending = chat(gatewayUrl, demoKey, '[[delay:25000]] hello').then(
      () => 'answered',
      () => 'cut off',
    );
    await (await chat(gatewayUrl, demoKey, 'hello')).text();
    const repeat = setInterval(() => server.process.kill('SIGTERM'), 250);
    cleanUp(() => Promise.resolve(clearInterval(repeat)));
    await refusesConnections(gatewayUrl);
    expect(await server.ended).toBe(1);
    expect(await pending).toBe('cut off');
  });

  it('drains when npm is killed outright', async () => {
    const server = start({ dataDir: used.path, through: 'npm' });
    const { gatewayUrl, demoKey } = await server.ready;
    const slow = chat(gatewayUrl, demoKey, '[[delay:1500]] hello');
    await (await chat(gatewayUrl, demoKey, 'hello')).text();
    server.process.kill('SIGKILL');
    expect((await slow).status).toBe(200);
    await server.ended;
    expect(server.output()).toContain('Stopped.');
  });
});
