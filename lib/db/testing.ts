import { randomBytes, randomUUID } from 'node:crypto';
import { Client, Pool } from 'pg';
import { inject } from 'vitest';
import { reloadEnv } from '@/lib/env';
import type { Receipt } from '@/lib/gateway/types';
import { closeDatabase, openDatabase } from './client';
import type {} from './testing-server';

/** A fresh migrated database of a test file. */
export type TestDatabase = {
  /** The superuser's URL: for migrations, and for a process under test. */
  url: string;
  /** A superuser's pool, past row-level security: to arrange and to look behind the application's back. */
  owner: Pool;
  /** Closes the application's pool and this one. */
  close(): Promise<void>;
};

/**
 * Gives the calling test file a database of its own, and opens it as the process's database. Use it so:
 * `const database = await testDatabase(); afterAll(() => database.close());`
 */
export async function testDatabase(): Promise<TestDatabase> {
  const url = await freshDatabaseUrl();
  if (!process.env.ROLEGATE_ENCRYPTION_KEY) {
    process.env.ROLEGATE_ENCRYPTION_KEY = randomBytes(32).toString('base64');
    reloadEnv();
  }
  await openDatabase(url, { maxConnections: 10 });
  const owner = new Pool({ connectionString: url, max: 3 });
  // Tests end connections on purpose.
  owner.on('error', () => undefined);
  return {
    url,
    owner,
    async close() {
      await closeDatabase();
      await owner.end();
    },
  };
}

/** The superuser's URL of a further fresh migrated database, which nothing has opened. */
export async function freshDatabaseUrl(): Promise<string> {
  const response = await fetch(inject('testDatabaseServer'), { method: 'POST' });
  const text = await response.text();
  if (!response.ok) throw new Error(`No test database: ${text}`);
  return text;
}

/** Takes a test's database away, ending all its connections, and gives it back when the returned function is called. */
export async function takeAway(database: TestDatabase): Promise<() => Promise<void>> {
  const target = new URL(database.url);
  const name = target.pathname.slice(1);
  target.pathname = '/postgres';
  const run = async (...statements: string[]) => {
    const client = new Client({ connectionString: target.toString() });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  await run(
    `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`,
    `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${name}'`,
  );
  return () => run(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
}

/** A receipt of an answered request. */
export function sampleReceipt(changes: Partial<Receipt> & { tenantId: string }): Receipt {
  return {
    id: randomUUID(),
    at: new Date().toISOString(),
    role: { id: randomUUID(), name: 'r' },
    key: { id: randomUUID(), name: 'k' },
    status: 200,
    code: null,
    stream: false,
    requestedModel: 'sandbox/small',
    provider: 'sandbox',
    model: 'small',
    policyVersion: 1,
    route: { strategy: 'explicit', reason: '', candidates: [] },
    stages: [{ name: 'model', verdict: 'allow', reason: 'listed', ms: 0.1 }],
    attempts: [
      {
        provider: 'sandbox',
        model: 'small',
        status: 200,
        code: 'ok',
        ms: 12,
        costUsd: '0.0000012345',
      },
    ],
    cache: { status: 'off', similarity: null, ageSeconds: null },
    tokens: { input: 10, cachedInput: 0, output: 20, reasoning: 0, estimated: false },
    costUsd: '0.0000012345',
    latencyMs: 15,
    warnings: [],
    content: null,
    ...changes,
  };
}
