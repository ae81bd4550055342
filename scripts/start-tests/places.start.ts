import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chat, checkoutInClosedHome, ordinaryUser, start } from './support';

describe('npm start works', () => {
  it('as the owner of a closed home, from a path with spaces', async () => {
    const root = await checkoutInClosedHome();
    const server = start({ root, dataDir: join(root, '.rolegate'), through: 'npm' });
    const { gatewayUrl, demoKey } = await server.ready;
    expect((await chat(gatewayUrl, demoKey, 'hello')).status).toBe(200);
    expect(server.output()).not.toContain('Building');
    expect(await server.stop()).toBe(0);
  });

  it('as an ordinary user in a closed home of theirs', async () => {
    const user = await ordinaryUser();
    const root = await checkoutInClosedHome(user);
    const server = start({
      root,
      dataDir: join(root, '.rolegate'),
      through: 'npm',
      ...user,
      env: { HOME: root },
    });
    const { gatewayUrl, demoKey } = await server.ready;
    expect((await chat(gatewayUrl, demoKey, 'hello')).status).toBe(200);
    expect(server.output()).not.toContain('Building');
    expect(await server.stop()).toBe(0);
  });
});
