import { Client } from 'pg';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PrincipalLookup } from '@/lib/gateway/types';
import { emptyPolicy, rolePolicySchema } from '@/lib/policy/role-policy';
import { generateApiKey } from '@/lib/secrets/token';
import { createApiKey, findApiKey, revokeApiKey, type NewKeyView } from './api-keys-repository';
import { SYSTEM_ACTOR } from './audit-repository';
import { withSystem, withTenant } from './client';
import { savePolicy } from './policies-repository';
import { replacePrices } from './prices-repository';
import * as loader from './principal-loader';
import {
  createConnection,
  updateConnection,
  type ConnectionView,
} from './provider-connections-repository';
import { createRole, type RoleView } from './roles-repository';
import { SnapshotStore } from './snapshot';
import { createTenant, deleteTenant } from './tenants-repository';
import { takeAway, testDatabase } from './testing';

vi.mock('./principal-loader', { spy: true });

const database = await testDatabase();
afterAll(() => database.close());

let tenantId: string;
let role: RoleView;
let connection: ConnectionView;
let key: NewKeyView;
let store: SnapshotStore;
let turn = 0;

const inTenant = <T>(work: Parameters<typeof withTenant<T>>[1]) => withTenant(tenantId, work);
const loads = () =>
  vi.mocked(loader.loadKeys).mock.calls.length +
  vi.mocked(loader.loadRole).mock.calls.length +
  vi.mocked(loader.loadTenant).mock.calls.length;

beforeEach(async () => {
  turn += 1;
  tenantId = (await withSystem((tx) => createTenant(tx, { name: 'T', slug: `t${turn}` }))).id;
  role = await inTenant((tx) =>
    createRole(tx, tenantId, { name: 'r', policy: emptyPolicy }, SYSTEM_ACTOR),
  );
  connection = await inTenant((tx) =>
    createConnection(tx, tenantId, {
      kind: 'openai',
      name: 'openai',
      credential: 'sk-the-real-one',
    }),
  );
  key = await inTenant((tx) =>
    createApiKey(tx, tenantId, { name: 'k', roleId: role.id, createdBy: '' }),
  );
  store = new SnapshotStore();
  await store.start();
});
afterEach(() => store.stop());

/** Looks the key up until the answer is as expected; fails after a second, the time a change may take. */
async function withinASecond(
  expected: (lookup: PrincipalLookup) => boolean,
  secret = key.secret,
  from = store,
) {
  await vi.waitUntil(async () => expected(await from.bySecret(secret)), {
    timeout: 1_000,
    interval: 5,
  });
}
const setRpm = (requestsPerMinute: number) =>
  inTenant((tx) =>
    savePolicy(tx, tenantId, {
      roleId: role.id,
      policy: rolePolicySchema.parse({ rateLimitPolicy: { enabled: true, requestsPerMinute } }),
      expectedVersion: null,
      actor: SYSTEM_ACTOR,
    }),
  );
const rpmOf = (lookup: PrincipalLookup) =>
  lookup.kind === 'found' ? lookup.principal.policy.document.rateLimitPolicy.requestsPerMinute : -1;

describe('SnapshotStore', () => {
  it('answers a key with all that a request needs', async () => {
    const lookup = await store.bySecret(key.secret);
    expect(lookup).toMatchObject({
      kind: 'found',
      principal: {
        tenant: { id: tenantId, timezone: 'UTC', logContent: 'redacted' },
        role: { id: role.id, name: 'r' },
        key: { id: key.id, name: 'k', expiresAt: null },
        policy: { version: 1, document: emptyPolicy },
        connections: [{ name: 'openai', credential: 'sk-the-real-one' }],
      },
    });
  });

  it('makes no round trip for a key it knows, and answers the same object', async () => {
    const first = await store.bySecret(key.secret);
    const before = loads();
    for (let i = 0; i < 100; i += 1) {
      const again = await store.bySecret(key.secret);
      expect(
        again.kind === 'found' && first.kind === 'found' && again.principal === first.principal,
      ).toBe(true);
    }
    expect(loads()).toBe(before);
  });

  it('loads once for any number of requests that come at once', async () => {
    const before = loads();
    await Promise.all(Array.from({ length: 200 }, () => store.bySecret(key.secret)));
    expect(loads() - before).toBe(3);
  });

  it('has a saved policy in force within a second', async () => {
    await store.bySecret(key.secret);
    for (const rpm of [2, 3, 4]) {
      await setRpm(rpm);
      await withinASecond((lookup) => rpmOf(lookup) === rpm);
    }
  });

  it('has a revoked key refused within a second', async () => {
    await store.bySecret(key.secret);
    await inTenant((tx) => revokeApiKey(tx, tenantId, key.id));
    await withinASecond((lookup) => lookup.kind === 'unknown');
  });

  it('has a disabled connection, a price and a deleted tenant in force within a second', async () => {
    await store.bySecret(key.secret);
    const target = { provider: 'openai', kind: 'openai', model: 'no-such-model' } as const;
    const usage = {
      inputTokens: 1_000_000,
      cachedInputTokens: 0,
      cacheWrite5mTokens: 0,
      cacheWrite1hTokens: 0,
      outputTokens: 0,
      reasoningTokens: 0,
    };
    await inTenant((tx) =>
      replacePrices(tx, tenantId, [
        { model: 'openai/no-such-model', inputPerMillion: '0.0000000001', outputPerMillion: '1' },
      ]),
    );
    await withinASecond(
      (lookup) =>
        lookup.kind === 'found' && lookup.principal.prices.costOf(target, usage) === '0.0000000001',
    );
    await inTenant((tx) => updateConnection(tx, tenantId, connection.id, { enabled: false }));
    await withinASecond(
      (lookup) => lookup.kind === 'found' && lookup.principal.connections.length === 0,
    );
    await withSystem((tx) => deleteTenant(tx, tenantId));
    await withinASecond((lookup) => lookup.kind === 'unknown');
  });

  it('knows a key within a second although it was asked for before it existed', async () => {
    const { secret, hash, prefix } = generateApiKey();
    expect(await store.bySecret(secret)).toEqual({ kind: 'unknown' });
    await inTenant((tx) =>
      tx.apiKey.create({ data: { tenantId, roleId: role.id, name: 'late', hash, prefix } }),
    );
    await withinASecond((lookup) => lookup.kind === 'found', secret);
  });

  it('refuses a key from the moment it expires', async () => {
    let now = Date.now();
    const clocked = new SnapshotStore({ clock: { now: () => now } });
    const expiring = await inTenant((tx) =>
      createApiKey(tx, tenantId, {
        name: 'e',
        roleId: role.id,
        expiresAt: new Date(now + 1_000),
        createdBy: '',
      }),
    );
    expect(await clocked.bySecret(expiring.secret)).toMatchObject({ kind: 'found' });
    now += 1_000;
    expect(await clocked.bySecret(expiring.secret)).toEqual({ kind: 'unknown' });
    await clocked.stop();
  });

  it('asks the database nothing about what has not the form of a key', async () => {
    const before = loads();
    for (const bogus of ['', 'rg_short', 'sk-abc', 'x'.repeat(10_000), '\0'])
      expect(await store.bySecret(bogus)).toEqual({ kind: 'unknown' });
    expect(loads()).toBe(before);
  });

  it('bears a flood of unknown keys: few queries, bounded memory, and known keys stay', async () => {
    await store.bySecret(key.secret);
    const before = vi.mocked(loader.loadKeys).mock.calls.length;
    for (let round = 0; round < 3; round += 1) {
      const lookups = await Promise.all(
        Array.from({ length: 5_000 }, () => store.bySecret(generateApiKey().secret)),
      );
      expect(lookups.every((lookup) => lookup.kind === 'unknown')).toBe(true);
    }
    expect(vi.mocked(loader.loadKeys).mock.calls.length - before).toBeLessThanOrEqual(20);
    expect(store.stats()).toMatchObject({ keys: 1, unknown: 10_000 });
    const calls = loads();
    await store.bySecret(key.secret);
    expect(loads()).toBe(calls);
  });

  it('asks once about an unknown key that comes again and again', async () => {
    const { secret } = generateApiKey();
    const before = loads();
    for (let i = 0; i < 50; i += 1) await store.bySecret(secret);
    expect(loads() - before).toBe(1);
  });

  it('answers unavailable, not "no policy", for a row that does not parse, and recovers when it is mended', async () => {
    await database.owner.query(
      `UPDATE roles SET caching_policy = '{"enabled": "perhaps"}' WHERE id = $1`,
      [role.id],
    );
    expect(await store.bySecret(key.secret)).toMatchObject({ kind: 'unavailable' });
    await setRpm(7);
    await withinASecond((lookup) => rpmOf(lookup) === 7);
  });

  it('answers unavailable for a credential that cannot be unsealed', async () => {
    await database.owner.query(
      `UPDATE provider_connections SET credential_sealed = 'v1.nonsense' WHERE id = $1`,
      [connection.id],
    );
    expect(await store.bySecret(key.secret)).toMatchObject({ kind: 'unavailable' });
  });

  it('hears of changes again after its connection was cut', async () => {
    await store.bySecret(key.secret);
    await database.owner.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'rolegate-listener'`,
    );
    await setRpm(9);
    await withinASecond((lookup) => rpmOf(lookup) === 9);
    await vi.waitUntil(() => store.stats().listening, { timeout: 2_000 });
    await setRpm(10);
    await withinASecond((lookup) => rpmOf(lookup) === 10);
  });

  it('uses nothing older than half a second while it cannot listen', async () => {
    const deaf = new SnapshotStore({
      connect: () => new Client({ connectionString: 'postgresql://127.0.0.1:1/none' }),
    });
    await deaf.start();
    await deaf.bySecret(key.secret);
    const before = loads();
    await deaf.bySecret(key.secret);
    expect(loads()).toBe(before);
    await setRpm(5);
    await withinASecond((lookup) => rpmOf(lookup) === 5, key.secret, deaf);
    await deaf.stop();
  });

  it('answers unavailable while the database is away, and recovers by itself', async () => {
    const giveBack = await takeAway(database);
    try {
      expect(await store.bySecret(key.secret)).toMatchObject({ kind: 'unavailable' });
    } finally {
      await giveBack();
    }
    await vi.waitUntil(async () => (await store.bySecret(key.secret)).kind === 'found', {
      timeout: 5_000,
    });
  });

  it('tells others of changes', async () => {
    const heard = vi.fn();
    const end = store.onChange(heard);
    await setRpm(3);
    await vi.waitUntil(() => heard.mock.calls.length > 0, { timeout: 1_000 });
    expect(heard).toHaveBeenCalledWith({ tenantId, table: 'roles' });
    end();
  });

  it('writes down when a key was last used, without announcing it as a change', async () => {
    const heard = vi.fn();
    store.onChange(heard);
    await store.bySecret(key.secret);
    await store.stop();
    const { lastUsedAt } = (await inTenant((tx) => findApiKey(tx, tenantId, key.id))) ?? {};
    expect(Date.now() - Date.parse(lastUsedAt ?? '')).toBeLessThan(5_000);
    expect(heard).not.toHaveBeenCalled();
  });
});
