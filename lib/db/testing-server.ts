import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { createLog } from '@/lib/log';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@/lib/server/embedded-postgres';
import { migrate } from './migrate';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where test files ask for a database: one POST, one fresh migrated database. */
    testDatabaseServer: string;
  }
}

/**
 * vitest's global set-up: one embedded PostgreSQL for a whole run, started when the first test file asks for it,
 * so that runs without a database test do not pay for it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let server: Promise<{ postgres: EmbeddedPostgres; dataDir: string }> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const desk = createServer((_request, response) => {
    server ??= startServer();
    const running = server;
    // A template cannot be copied twice at the same moment.
    const next = last.then(async () => createDatabase((await running).postgres.url));
    last = next.catch(() => undefined);
    next.then(
      (url) => response.end(url),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
  project.provide('testDatabaseServer', `http://127.0.0.1:${(desk.address() as AddressInfo).port}`);
  return async () => {
    desk.close();
    if (!server) return;
    const { postgres, dataDir } = await server;
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}

async function startServer() {
  const dataDir = await mkdtemp(join(tmpdir(), 'rolegate-test-'));
  const postgres = await startEmbeddedPostgres({ dataDir, log: createLog('warn'), durable: false });
  await migrate(postgres.url);
  return { postgres, dataDir };
}

/** Copies the migrated database; returns the owner's URL of the copy. */
async function createDatabase(templateUrl: string): Promise<string> {
  const template = new URL(templateUrl);
  const name = `test_${randomBytes(6).toString('hex')}`;
  const target = new URL(templateUrl);
  target.pathname = '/postgres';
  const client = new Client({ connectionString: target.toString() });
  await client.connect();
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${template.pathname.slice(1)}`);
  await client.end();
  target.pathname = `/${name}`;
  return target.toString();
}
