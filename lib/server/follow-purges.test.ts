import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { cachedGateway, caching, type CachedGateway } from '@/lib/cache/testing/cached-gateway';
import { PostgresCacheArchive } from '@/lib/db/cache-archive';
import { SnapshotStore } from '@/lib/db/snapshot';
import { testDatabase } from '@/lib/db/testing';
import { followPurges } from './follow-purges';

const database = await testDatabase();
const ids = { tenant: randomUUID(), role: randomUUID(), key: randomUUID(), other: randomUUID() };

/** A process of its own as far as cache and notifications are concerned; the same database. */
type Process = {
  gateway: CachedGateway;
  archive: PostgresCacheArchive;
  snapshots: SnapshotStore;
  /** Purges of the tenant that the process has heard of. */
  heard(): number;
};
const processes: Process[] = [];

async function start(keyId: string): Promise<Process> {
  const archive = new PostgresCacheArchive({ flushMs: 10 });
  const gateway = await cachedGateway({
    byMeaning: false,
    policy: caching({ similarityThreshold: 1 }),
    cache: { archive, loadWaitMs: 10_000 },
  });
  // Entries are dated by it, and the database knows the time.
  gateway.clock.advance(Date.now() - gateway.clock.now());
  const snapshots = new SnapshotStore();
  followPurges(snapshots, gateway.cache);
  await snapshots.start();
  const { tenant, key } = gateway.principals.of(gateway.key);
  gateway.principals.update(gateway.key, {
    tenant: { ...tenant, id: ids.tenant },
    role: { id: ids.role, name: 'r' },
    key: { ...key, id: keyId },
  });
  const reload = vi.spyOn(gateway.cache, 'reload');
  const heard = () => reload.mock.calls.filter(([tenantId]) => tenantId === ids.tenant).length;
  const process = { gateway, archive, snapshots, heard };
  processes.push(process);
  return process;
}

beforeAll(async () => {
  await database.owner.query(`
    INSERT INTO tenants (id, name, slug) VALUES ('${ids.tenant}', 'T', 't');
    INSERT INTO roles (id, tenant_id, name) VALUES ('${ids.role}', '${ids.tenant}', 'r');
    INSERT INTO api_keys (id, tenant_id, role_id, name, prefix, hash) VALUES
      ('${ids.key}', '${ids.tenant}', '${ids.role}', 'k', 'p', 'h'),
      ('${ids.other}', '${ids.tenant}', '${ids.role}', 'o', 'p', 'i');
  `);
});
afterAll(async () => {
  for (const { gateway, archive, snapshots } of processes) {
    await archive.drain();
    await snapshots.stop();
    await gateway.close();
  }
  await database.close();
});

it('what goes in one process goes in every other: by purge, by key, by tenant, and after deafness', async () => {
  const [one, two] = [await start(ids.key), await start(ids.other)];
  const status = async ({ gateway }: Process, text: string) => (await gateway.ask(text)).status;
  const entries = async ({ gateway }: Process) =>
    (await gateway.cache.size(ids.tenant, null)).entries;
  /** Both processes have both answers, the first one's and the second one's. */
  const fill = async () => {
    for (const { gateway } of [one, two]) gateway.cache.reload(null);
    await status(one, 'asked of one');
    await one.archive.drain();
    expect(await status(two, 'asked of one')).toBe('hit-exact');
    await status(two, 'asked of two');
    await two.archive.drain();
    one.gateway.cache.reload(null);
    expect(await status(one, 'asked of two')).toBe('hit-exact');
    expect(await status(one, 'asked of one')).toBe('hit-exact');
  };

  /** Carries a purge out, and waits until all `hearing` know. */
  const purge = async (act: () => Promise<unknown>, hearing = [one, two]) => {
    const before = hearing.map(({ heard }) => heard());
    await act();
    for (const [index, { heard }] of hearing.entries())
      await expect.poll(heard).toBeGreaterThan(before[index] ?? 0);
  };
  const sql = (text: string, id: string) => () => database.owner.query(text, [id]);

  await fill();
  await purge(() => one.gateway.cache.clear(ids.tenant, ids.role));
  expect([await entries(one), await entries(two)]).toEqual([0, 0]);
  expect(await status(two, 'asked of one')).toBe('miss');
  await two.archive.drain();
  await purge(() => one.gateway.cache.clear(ids.tenant, null));
  expect(await entries(two)).toBe(0);

  await fill();
  await purge(sql('UPDATE api_keys SET revoked_at = now() WHERE id = $1', ids.key));
  expect([await entries(one), await entries(two)]).toEqual([1, 1]);
  expect(await status(two, 'asked of two')).toBe('hit-exact');
  expect(await status(two, 'asked of one')).toBe('miss');
  await two.archive.drain();

  // Nothing is announced to a process that does not listen: it hears of the gap when it listens again.
  await two.snapshots.stop();
  await purge(() => one.gateway.cache.clear(ids.tenant, null), [one]);
  expect(await status(two, 'asked of two')).toBe('hit-exact');
  const again = new SnapshotStore();
  followPurges(again, two.gateway.cache);
  await again.start();
  two.snapshots = again;
  expect(await status(two, 'asked of two')).toBe('miss');
  await two.archive.drain();

  await purge(sql('DELETE FROM tenants WHERE id = $1', ids.tenant));
  expect([await entries(one), await entries(two)]).toEqual([0, 0]);
  expect(await status(two, 'asked of two')).toBe('miss');
});
