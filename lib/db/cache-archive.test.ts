import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { CacheEntry, Shelf } from '@/lib/cache/entry';
import { PostgresCacheArchive } from './cache-archive';
import { noteWrongAnswer, readCacheStats } from './cache-stats-repository';
import { withTenant } from './client';
import { takeAway, testDatabase } from './testing';

const database = await testDatabase();
afterAll(() => database.close());

const NOW = Date.now();
const DAY_MS = 86_400_000;
let shelf: Shelf;
let keyId: string;

beforeEach(async () => {
  shelf = { tenantId: randomUUID(), roleId: randomUUID() };
  keyId = randomUUID();
  await database.owner.query(`
    INSERT INTO tenants (id, name, slug) VALUES ('${shelf.tenantId}', 'T', 't-${shelf.tenantId}');
    INSERT INTO roles (id, tenant_id, name) VALUES ('${shelf.roleId}', '${shelf.tenantId}', 'r');
    INSERT INTO api_keys (id, tenant_id, role_id, name, prefix, hash)
      VALUES ('${keyId}', '${shelf.tenantId}', '${shelf.roleId}', 'k', 'p', '${keyId}');
  `);
});

function entry(changes: Partial<CacheEntry> = {}): CacheEntry {
  return {
    ...shelf,
    id: randomUUID(),
    keyId,
    partition: 'partition',
    exactKey: randomUUID(),
    question: 'Where is the café? \u0000 😀',
    vector: { scale: 0.003, values: Int8Array.from({ length: 384 }, (_, at) => (at % 255) - 127) },
    target: { provider: 'test', kind: 'openai', model: 'gpt-4o' },
    requestedModel: 'auto',
    body: Buffer.from(JSON.stringify({ completion: { text: 'Left.\nThen right.' } })),
    createdAt: NOW,
    expiresAt: NOW + 60_000,
    ...changes,
  };
}

async function stored(...entries: CacheEntry[]): Promise<PostgresCacheArchive> {
  const archive = new PostgresCacheArchive();
  for (const each of entries) archive.save(each, false);
  await archive.drain();
  return archive;
}
const load = async (archive = new PostgresCacheArchive()) =>
  (await archive.load(shelf, NOW)).entries;
const countRows = async () =>
  (await database.owner.query('SELECT 1 FROM cache_entries WHERE tenant_id = $1', [shelf.tenantId]))
    .rowCount;

describe('stored answers', () => {
  it('come back as they were, the oldest first, without those that have expired', async () => {
    const [old, recent] = [entry({ createdAt: NOW - 5000 }), entry()];
    await stored(recent, old, entry({ expiresAt: NOW - 1 }));
    expect(await load()).toEqual([old, recent]);
  });

  it('say nothing of their content where the tenant keeps none', async () => {
    const secret = entry({ question: 'my secret question' });
    const archive = new PostgresCacheArchive();
    archive.save(secret, true);
    await archive.drain();
    const { rows } = await database.owner.query('SELECT * FROM cache_entries WHERE id = $1', [
      secret.id,
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/secret question|Then right/);
    expect(await load()).toEqual([secret]);
  });

  it('that can be read go when the tenant decides to keep no content, and none follow; sealed ones stay', async () => {
    const [readable, sealed, late] = [entry(), entry(), entry()];
    const archive = await stored(readable);
    archive.save(sealed, true);
    await archive.drain();
    const keep = (level: string) =>
      database.owner.query('UPDATE tenants SET log_content = $1 WHERE id = $2', [
        level,
        shelf.tenantId,
      ]);
    await keep('full');
    expect(await load()).toHaveLength(2);
    await keep('none');
    // Asked for while content was kept.
    archive.save(late, false);
    await archive.drain();
    expect(await load()).toEqual([sealed]);
    await keep('redacted');
    expect(await load()).toEqual([sealed]);
  });

  it('are replaced by a newer answer to the same request, also within one batch', async () => {
    const [first, second, third] = [1, 2, 3].map(() => entry({ exactKey: 'same' }));
    await stored(first as CacheEntry, second as CacheEntry);
    await stored(third as CacheEntry);
    expect(await load()).toEqual([third]);
  });

  it('of which one was altered: that one is skipped, counted and removed, the others answer', async () => {
    const [good, bad, torn] = [entry(), entry(), entry()];
    await stored(good, bad, torn);
    await database.owner.query(
      `UPDATE cache_entries SET content = replace(content, 'Left', 'Right') WHERE id = $1`,
      [bad.id],
    );
    await database.owner.query(
      `UPDATE cache_entries SET content = left(content, 40) WHERE id = $1`,
      [torn.id],
    );
    const archive = new PostgresCacheArchive();
    expect(await load(archive)).toEqual([good]);
    expect(archive.stats.corrupt).toBe(2);
    await archive.drain();
    expect(await countRows()).toBe(1);
  });

  it('go with their key, deleted or revoked, with their role and with their tenant', async () => {
    const revoke = () =>
      database.owner.query('UPDATE api_keys SET revoked_at = now() WHERE id = $1', [keyId]);
    const archive = await stored(entry());
    await revoke();
    expect(await countRows()).toBe(0);
    archive.save(entry(), false);
    await archive.drain();
    expect(await countRows()).toBe(0);
    await database.owner.query('UPDATE api_keys SET revoked_at = NULL WHERE id = $1', [keyId]);
    for (const table of ['api_keys', 'roles', 'tenants']) {
      const id = { api_keys: keyId, roles: shelf.roleId, tenants: shelf.tenantId }[table];
      if (table === 'api_keys') await stored(entry());
      await database.owner.query(`DELETE FROM ${table} WHERE id = $1`, [id]);
      expect(await countRows()).toBe(0);
    }
  });

  it('are forgotten by role, by entry and by what they hold, what is queued included', async () => {
    const archive = new PostgresCacheArchive();
    const [a, b, c] = [entry({ question: 'alpha' }), entry({ question: 'beta' }), entry()] as const;
    for (const each of [a, b, c]) archive.save(each, false);
    await archive.forget(shelf.tenantId, { matches: ({ question }) => question === 'alpha' });
    expect(new Set((await load()).map(({ id }) => id))).toEqual(new Set([b.id, c.id]));
    await archive.forget(shelf.tenantId, { entryId: b.id });
    expect(await load()).toEqual([c]);
    await archive.forget(randomUUID(), {});
    expect(await countRows()).toBe(1);
    await archive.forget(shelf.tenantId, { roleId: shelf.roleId });
    expect(await countRows()).toBe(0);
  });

  it('that are queued when a purge is heard of are not stored, and those just being stored are removed', async () => {
    const [queued, other] = [entry(), entry()];
    const archive = new PostgresCacheArchive();
    archive.save(queued, false);
    archive.dropQueued(randomUUID());
    archive.dropQueued(shelf.tenantId);
    archive.save(other, false);
    await archive.drain();
    expect(await load()).toEqual([other]);
    archive.save(queued, false);
    const writing = archive.drain();
    archive.dropQueued(null);
    await writing;
    await archive.drain();
    expect(await load()).toEqual([other]);
  });

  it('and a removal that follows a save leave nothing', async () => {
    const archive = await stored(entry());
    const [kept] = await load();
    const queued = entry();
    archive.save(queued, false);
    archive.remove([queued, ...(kept ? [kept] : [])]);
    await archive.drain();
    expect(await countRows()).toBe(0);
  });
});

describe('the statistics of the cache', () => {
  it('add up hits, misses and savings of each day of the tenant’s calendar', async () => {
    const archive = new PostgresCacheArchive();
    const at = Date.parse('2026-05-01T23:30:00Z');
    const tally = {
      ...shelf,
      at,
      timezone: 'UTC',
      hit: true,
      costSavedUsd: '0.0000000003',
      latencySavedMs: 100.4,
    };
    for (let turn = 0; turn < 3; turn++) archive.count(tally);
    archive.count({ ...tally, hit: false, costSavedUsd: '0', latencySavedMs: 0 });
    archive.count({ ...tally, timezone: 'Europe/Berlin' });
    await archive.drain();
    await archive.keepWrongPair(shelf, 'pair');
    await withTenant(shelf.tenantId, (tx) =>
      noteWrongAnswer(tx, shelf.tenantId, {
        roleId: shelf.roleId,
        requestId: 'r',
        date: '2026-05-01',
      }),
    );
    const stats = await withTenant(shelf.tenantId, (tx) =>
      readCacheStats(tx, shelf.tenantId, { from: '2026-05-01', to: '2026-05-02' }),
    );
    expect(stats.days).toEqual([
      {
        date: '2026-05-01',
        hits: 3,
        misses: 1,
        costSavedUsd: '0.0000000009',
        latencySavedMs: 301,
        wrongAnswers: 1,
      },
      {
        date: '2026-05-02',
        hits: 1,
        misses: 0,
        costSavedUsd: '0.0000000003',
        latencySavedMs: 100,
        wrongAnswers: 0,
      },
    ]);
    expect((await archive.load(shelf, NOW)).wrongPairs).toEqual(['pair']);
  });

  it('lose nothing to a database that is away for a while, nor to roles that have gone', async () => {
    const archive = new PostgresCacheArchive({ flushMs: 5 });
    const tally = {
      ...shelf,
      at: NOW,
      timezone: 'UTC',
      hit: true,
      costSavedUsd: '0.1',
      latencySavedMs: 10,
    };
    const giveBack = await takeAway(database);
    archive.count({ ...tally, roleId: randomUUID() });
    archive.count(tally);
    await archive.drain();
    archive.count({ ...tally, hit: false, costSavedUsd: '0', latencySavedMs: 0 });
    await archive.drain();
    await giveBack();
    await archive.drain();
    await archive.drain();
    const [from, to] = [NOW - DAY_MS, NOW + DAY_MS].map((at) =>
      new Date(at).toISOString().slice(0, 10),
    ) as [string, string];
    const stats = await withTenant(shelf.tenantId, (tx) =>
      readCacheStats(tx, shelf.tenantId, { from, to }),
    );
    expect(stats).toMatchObject({ hits: 1, misses: 1, costSavedUsd: '0.1', latencySavedMs: 10 });
    expect(stats.days).toHaveLength(1);
  });
});
