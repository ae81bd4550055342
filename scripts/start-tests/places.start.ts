import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chat, type ClosedHome, closedHome, ordinaryUser, start } from './support';

describe('npm start works in a closed home, from a path with spaces,', () => {
  let home: ClosedHome;
  beforeAll(async () => {
    home = await closedHome();
  });
  afterAll(() => home.remove());

  it.each([
    ['as its owner', () => Promise.resolve(undefined)],
    ['as an ordinary user in a home of theirs', ordinaryUser],
  ])('%s', async (_who, account) => {
    const user = await account();
    if (user) await home.giveTo(user);
    const { root } = home;
    const dataDir = join(root, '.rolegate');
    await rm(dataDir, { recursive: true, force: true });
    const env = user && { HOME: root };
    const server = start({ root, dataDir, through: 'npm', ...user, env });
    const { gatewayUrl, demoKey } = await server.ready;
    expect((await chat(gatewayUrl, demoKey, 'hello')).status).toBe(200);
    expect(server.output()).not.toContain('Building');
    expect(await server.stop()).toBe(0);
  });
});
