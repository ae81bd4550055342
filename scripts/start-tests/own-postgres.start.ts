import { spawn } from 'node:child_process';
import { chmod, chown, mkdir, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { signIn } from '@/e2e/support/sign-in';
import { PASSWORD_COST } from '../../lib/secrets/password-cost';
import { findPostgresServer } from '../lib/test-requirements.mjs';
import { chat, cleanUp, execute, ordinaryUser, start, temporaryDirectory } from './support';

/** A PostgreSQL server of Debian's, as a user would run it. @returns the superuser's URL */
async function debianPostgres(): Promise<string> {
  const bin = findPostgresServer();
  if (!bin) throw new Error('Debian’s PostgreSQL server is not installed: npm test installs it');
  const directory = await temporaryDirectory();
  const account = await ordinaryUser();
  const data = join(directory, 'cluster');
  const password = join(directory, 'password');
  await mkdir(data, { mode: 0o700 });
  await writeFile(password, 'superuser-of-the-test');
  await chmod(directory, 0o755);
  if (account)
    for (const path of [directory, data, password]) await chown(path, account.uid, account.gid);
  await execute(
    join(bin, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'postgres',
      '--auth=scram-sha-256',
      `--pwfile=${password}`,
      '--no-sync',
      '-E',
      'UTF8',
    ],
    { ...account, cwd: '/' },
  );
  const port = await freePort();
  const server = spawn(
    join(bin, 'postgres'),
    [
      '-D',
      data,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      'fsync=off',
    ],
    { ...account, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] },
  );
  cleanUp(async () => {
    server.kill('SIGINT');
    await once(server, 'exit');
  });
  for await (const line of createInterface({ input: server.stderr })) {
    if (line.includes('ready to accept connections')) break;
  }
  return `postgresql://postgres:superuser-of-the-test@127.0.0.1:${port}/postgres`;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

describe('DATABASE_URL', () => {
  it('runs the same product on a PostgreSQL of the user’s own, as an owner without privileges', async () => {
    const superuserUrl = await debianPostgres();
    const client = new Client({ connectionString: superuserUrl });
    await client.connect();
    await client.query(`CREATE ROLE gateway LOGIN PASSWORD 'owner-of-the-test'`);
    await client.query('CREATE DATABASE gateway OWNER gateway');
    await client.end();
    const url = new URL(superuserUrl);
    url.username = 'gateway';
    url.password = 'owner-of-the-test';
    url.pathname = '/gateway';

    const server = start({
      dataDir: join(await temporaryDirectory(), 'data'),
      env: { DATABASE_URL: url.href, ROLEGATE_DEMO: '1' },
    });
    const { consoleUrl, gatewayUrl, email, password, demoKey } = await server.ready;
    expect(server.output()).not.toContain('embedded');
    await signIn(consoleUrl, email, password ?? '');
    expect((await chat(gatewayUrl, demoKey, 'hello')).status).toBe(200);

    const database = new Client({ connectionString: superuserUrl.replace(/postgres$/, 'gateway') });
    await database.connect();
    const { rows } = await database.query('SELECT password_hash FROM users WHERE email = $1', [
      email,
    ]);
    await database.end();
    // Unit tests put a cheaper cost in the place of this one.
    const { ln, r, p } = PASSWORD_COST;
    expect(rows[0].password_hash).toContain(`$scrypt$ln=${ln},r=${r},p=${p}$`);
    expect(await server.stop()).toBe(0);
  });
});
