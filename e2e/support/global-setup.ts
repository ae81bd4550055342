import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { OWNER_STATE_FILE, type ServerUnderTest } from './server';
import { signIn } from './sign-in';
import { startServer } from './start-server';

/**
 * Starts the built product once for all browser tests and signs its first owner in.
 * @returns the tear-down, which stops it as an operator would and insists on a clean exit
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rolegate-e2e-'));
  const adminEmail = 'owner@e2e.test';
  const adminPassword = randomBytes(12).toString('base64url');
  const adminToken = `e2e-${randomBytes(24).toString('base64url')}`;
  const server = startServer({
    dataDir,
    env: {
      ROLEGATE_ADMIN_EMAIL: adminEmail,
      ROLEGATE_ADMIN_PASSWORD: adminPassword,
      ROLEGATE_ADMIN_TOKEN: adminToken,
      // Test upstreams listen on loopback.
      ROLEGATE_ALLOWED_HOSTS: '127.0.0.1,localhost',
      LOG_LEVEL: 'warn',
    },
  });
  const { consoleUrl, gatewayUrl, demoKey } = await server.ready;
  const facts: ServerUnderTest = {
    consoleUrl,
    gatewayUrl: gatewayUrl.replace(/\/v1$/, ''),
    adminEmail,
    adminPassword,
    adminToken,
    demoKey: demoKey ?? '',
    pid: server.nodePid(),
  };
  process.env.ROLEGATE_E2E_SERVER = JSON.stringify(facts);
  process.env.ROLEGATE_E2E_CONSOLE_URL = consoleUrl;
  const cookies = await signIn(consoleUrl, adminEmail, adminPassword);
  await mkdir(dirname(OWNER_STATE_FILE), { recursive: true });
  await writeFile(OWNER_STATE_FILE, JSON.stringify({ cookies, origins: [] }), { mode: 0o600 });
  return async () => {
    const how = await server.stop('SIGTERM');
    await rm(dataDir, { recursive: true, force: true });
    if (how !== 0) throw new Error(`the server ended with ${how} on SIGTERM:\n${server.output()}`);
  };
}
