import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CacheEntry } from '@/lib/cache/entry';
import { PostgresCacheArchive } from '@/lib/db/cache-archive';
import { closeDatabase, openDatabase, withSystemSql } from '@/lib/db/client';
import { migrate } from '@/lib/db/migrate';
import { reloadEnv } from '@/lib/env';
import { createLog } from '@/lib/log';
import { startEmbeddedPostgres } from '@/lib/server/embedded-postgres';
import { principal } from './request';

/** An archive in a PostgreSQL of its own, with `entries` in it. */
export async function storedIn(
  entries: readonly CacheEntry[],
): Promise<{ archive: PostgresCacheArchive; close(): Promise<void> }> {
  process.env.ROLEGATE_ENCRYPTION_KEY ??= randomBytes(32).toString('base64');
  reloadEnv();
  const dataDir = await mkdtemp(join(tmpdir(), 'rolegate-bench-'));
  const postgres = await startEmbeddedPostgres({ dataDir, log: createLog('warn'), durable: false });
  await migrate(postgres.url);
  await openDatabase(postgres.url);
  const { tenant, role, key } = principal;
  await withSystemSql(async (sql) => {
    await sql.query(`INSERT INTO tenants (id, name, slug) VALUES ($1, 'T', 't')`, [tenant.id]);
    await sql.query(`INSERT INTO roles (id, tenant_id, name) VALUES ($1, $2, 'r')`, [
      role.id,
      tenant.id,
    ]);
    await sql.query(
      `INSERT INTO api_keys (id, tenant_id, role_id, name, prefix, hash) VALUES ($1, $2, $3, 'k', 'p', 'h')`,
      [key.id, tenant.id, role.id],
    );
  });
  const writer = new PostgresCacheArchive({ maxQueued: entries.length });
  for (const entry of entries) writer.save(entry, false);
  await writer.drain();
  const archive = new PostgresCacheArchive();
  // What the database's client takes for itself is no entry's memory.
  await archive.load({ tenantId: tenant.id, roleId: randomUUID() }, Date.now());
  return {
    archive,
    async close() {
      await closeDatabase();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
