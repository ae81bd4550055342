import { randomUUID } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import type { CacheEntry } from '@/lib/cache/entry';
import { PostgresCacheArchive } from './cache-archive';
import { testDatabase } from './testing';

const database = await testDatabase();
afterAll(() => database.close());

it('stored answers of many pages come back whole and in order, also those of one millisecond', async () => {
  const now = Date.now();
  const shelf = { tenantId: randomUUID(), roleId: randomUUID() };
  const keyId = randomUUID();
  await database.owner.query(`
    INSERT INTO tenants (id, name, slug) VALUES ('${shelf.tenantId}', 'T', 't');
    INSERT INTO roles (id, tenant_id, name) VALUES ('${shelf.roleId}', '${shelf.tenantId}', 'r');
    INSERT INTO api_keys (id, tenant_id, role_id, name, prefix, hash)
      VALUES ('${keyId}', '${shelf.tenantId}', '${shelf.roleId}', 'k', 'p', 'h');
  `);
  const entries = Array.from({ length: 1000 }, (_, at): CacheEntry => ({
    ...shelf,
    id: randomUUID(),
    keyId,
    partition: 'partition',
    exactKey: randomUUID(),
    question: `Which is number ${at}?`,
    vector: null,
    target: { provider: 'test', kind: 'openai', model: 'gpt-4o' },
    requestedModel: 'auto',
    body: Buffer.from('{}'),
    // The first half came at once, the others one after the other.
    createdAt: now + Math.max(0, at - 499),
    expiresAt: now + 60_000,
  }));
  const writer = new PostgresCacheArchive();
  for (const entry of entries) writer.save(entry, false);
  await writer.drain();

  const read = (await new PostgresCacheArchive().load(shelf, now)).entries;
  expect(read.slice(500)).toEqual(entries.slice(500));
  const ids = (some: readonly CacheEntry[]) => some.map(({ id }) => id).sort();
  expect(ids(read)).toEqual(ids(entries));
});
