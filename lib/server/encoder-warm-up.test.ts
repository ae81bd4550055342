import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { SnapshotStore } from '@/lib/db/snapshot';
import { testDatabase } from '@/lib/db/testing';
import { warmEncoderAhead } from './encoder-warm-up';

const database = await testDatabase();
const snapshots = new SnapshotStore();
await snapshots.start();
const ends: (() => void)[] = [];
afterAll(async () => {
  ends.forEach((end) => end());
  await snapshots.stop();
  await database.close();
});

const log = { warn: vi.fn() };
const warmUp = vi.fn(() => Promise.resolve());

/** Watches as the runtime does, and tells when the stored policies have been looked at. */
function watch(comparesByMeaning?: () => Promise<boolean>) {
  const end = warmEncoderAhead({ snapshots, encoder: { warmUp }, log, comparesByMeaning });
  ends.push(end);
  return end;
}
const setPolicy = (policy: object) =>
  database.owner.query('UPDATE roles SET caching_policy = $1', [JSON.stringify(policy)]);

beforeEach(async () => {
  ends.splice(0).forEach((end) => end());
  log.warn.mockClear();
  warmUp.mockClear();
  await database.owner.query(`
    DELETE FROM tenants;
    WITH t AS (INSERT INTO tenants (name, slug) VALUES ('T', 't') RETURNING id)
    INSERT INTO roles (tenant_id, name) SELECT id, 'r' FROM t;
  `);
});

describe('the encoder', () => {
  it('is loaded at the start when a stored policy compares by meaning, with the default threshold too', async () => {
    await setPolicy({ enabled: true });
    watch();
    await expect.poll(() => warmUp.mock.calls.length).toBe(1);
  });

  it('is not loaded while no policy needs it, and is once one does, without a restart', async () => {
    const asked = vi.fn();
    for (const policy of [
      { enabled: false, similarityThreshold: 0.9 },
      { enabled: true, similarityThreshold: 1 },
    ]) {
      await setPolicy(policy);
      watch();
    }
    const { rows } = await database.owner.query('SELECT name FROM roles');
    expect(rows).toHaveLength(1);
    watch(() => {
      asked();
      return Promise.resolve(false);
    });
    await setPolicy({ enabled: true, similarityThreshold: 1, ttlSeconds: 5 });
    await expect.poll(() => asked.mock.calls.length).toBeGreaterThan(1);
    expect(warmUp).not.toHaveBeenCalled();
    await setPolicy({ enabled: true, similarityThreshold: 0.99 });
    // Two watch the stored policies; each loads it once, however often policies change afterwards.
    await expect.poll(() => warmUp.mock.calls.length).toBe(2);
    await setPolicy({ enabled: true, similarityThreshold: 0.5 });
    await expect.poll(() => asked.mock.calls.length).toBeGreaterThan(2);
    expect(warmUp).toHaveBeenCalledTimes(2);
  });

  it('is looked for again at the next change when policies could not be read', async () => {
    let isDown = true;
    watch(() => (isDown ? Promise.reject(new Error('away')) : Promise.resolve(true)));
    await expect.poll(() => log.warn.mock.calls.length).toBeGreaterThan(0);
    isDown = false;
    await setPolicy({ enabled: true });
    await expect.poll(() => warmUp.mock.calls.length).toBe(1);
  });

  it('is not loaded after the end', async () => {
    let answer: (needed: boolean) => void = () => undefined;
    const end = watch(() => new Promise((resolve) => (answer = resolve)));
    end();
    answer(true);
    await setPolicy({ enabled: true });
    await Promise.resolve();
    expect(warmUp).not.toHaveBeenCalled();
  });
});
