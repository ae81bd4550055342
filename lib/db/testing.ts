import { randomBytes } from 'node:crypto';
import { Pool } from 'pg';
import { inject } from 'vitest';
import { reloadEnv } from '@/lib/env';
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
