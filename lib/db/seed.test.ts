import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { POLICY_KINDS } from '@/lib/policy/role-policy';
import { validateRolePolicy } from '@/lib/policy/validate';
import { verifyPassword } from '@/lib/secrets/password';
import { withSystem, withTenant } from './client';
import { listConnections, openConnection } from './provider-connections-repository';
import { readPolicy } from './policies-repository';
import { listRoles } from './roles-repository';
import { seedDatabase, type SeedOptions, type SeedResult } from './seed';
import { SnapshotStore } from './snapshot';
import { findTenant } from './tenants-repository';
import { testDatabase } from './testing';
import { findUserByEmail, listTenantsOfUser } from './users-repository';

const database = await testDatabase();
afterAll(() => database.close());

const env = { ROLEGATE_ADMIN_EMAIL: 'ada@example.com', ROLEGATE_DEMO: true } as SeedOptions['env'] &
  object;
const keepDemoKey = vi.fn(async () => undefined);
let first: SeedResult;
let tenantId: string;

beforeAll(async () => {
  first = await seedDatabase({ env, keepDemoKey });
  tenantId = (await withSystem((tx) => findTenant(tx, 'demo')))?.id ?? '';
});

const counts = async () =>
  (
    await database.owner.query(
      'SELECT (SELECT count(*) FROM users) AS users, (SELECT count(*) FROM roles) AS roles, (SELECT count(*) FROM api_keys) AS keys, (SELECT count(*) FROM provider_connections) AS connections',
    )
  ).rows[0];

describe('seedDatabase', () => {
  it('makes the first owner with a password that is answered once', async () => {
    expect(first.owner?.email).toBe('ada@example.com');
    const user = await withSystem((tx) => findUserByEmail(tx, 'Ada@Example.com'));
    expect(await verifyPassword(first.owner?.password ?? '', user?.passwordHash ?? null)).toBe(
      true,
    );
    const tenants = await withSystem((tx) => listTenantsOfUser(tx, user?.id ?? ''));
    expect(tenants).toMatchObject([{ slug: 'demo', membership: 'owner' }]);
  });

  it('makes a demo key that opens the gateway, and keeps its secret before it exists', async () => {
    expect(keepDemoKey).toHaveBeenCalledExactlyOnceWith(first.demoKey);
    const store = new SnapshotStore();
    expect(await store.bySecret(first.demoKey ?? '')).toMatchObject({
      kind: 'found',
      principal: {
        role: { name: 'playground' },
        connections: [{ name: 'sandbox', kind: 'sandbox' }],
      },
    });
    await store.stop();
  });

  it('makes three roles, one of a tier and one with all eight sections on', async () => {
    const { items } = await withTenant(tenantId, (tx) => listRoles(tx, tenantId));
    expect(items.map((role) => [role.name, role.tier, role.isDefault, role.keyCount])).toEqual([
      ['free-tier', 'free', false, 0],
      ['playground', null, true, 1],
      ['support-bot', null, false, 0],
    ]);
    const [, , support] = items;
    expect(POLICY_KINDS.every((kind) => support?.sections[kind])).toBe(true);
    for (const role of items) {
      const stored = await withTenant(tenantId, (tx) => readPolicy(tx, tenantId, role.id));
      expect(stored?.version).toBe(1);
      // A first save from the editor must not find faults that the user did not make.
      expect(validateRolePolicy(stored?.policy)).toMatchObject({ ok: true });
    }
  });

  it('changes nothing when it runs again, from several replicas at once included', async () => {
    const before = await counts();
    const again = await Promise.all(
      Array.from({ length: 3 }, () => seedDatabase({ env, demoKey: first.demoKey })),
    );
    expect(again).toEqual(
      Array.from({ length: 3 }, () => ({ owner: null, demoKey: first.demoKey })),
    );
    expect(await counts()).toEqual(before);
  });

  it('adds the connections whose keys the environment brings, once', async () => {
    for (const key of ['sk-first-key-of-all', 'sk-another-key-later'])
      await seedDatabase({ env: { ...env, OPENAI_API_KEY: key } });
    const { items } = await withTenant(tenantId, (tx) => listConnections(tx, tenantId));
    expect(items.map((connection) => connection.name)).toEqual(['openai', 'sandbox']);
    expect(
      await withTenant(tenantId, (tx) => openConnection(tx, tenantId, 'openai')),
    ).toMatchObject({ credential: 'sk-first-key-of-all' });
  });

  it('lets an owner who never signed in take the password given, and nobody else', async () => {
    const passwordHash = async () =>
      (await withSystem((tx) => findUserByEmail(tx, 'ada@example.com')))?.passwordHash ?? null;
    await seedDatabase({ env: { ...env, ROLEGATE_ADMIN_PASSWORD: 'given at last' } });
    expect(await verifyPassword('given at last', await passwordHash())).toBe(true);
    await database.owner.query('UPDATE users SET last_login_at = now()');
    await seedDatabase({ env: { ...env, ROLEGATE_ADMIN_PASSWORD: 'too late' } });
    expect(await verifyPassword('given at last', await passwordHash())).toBe(true);
  });

  it('answers no demo key once it is revoked', async () => {
    await database.owner.query('UPDATE api_keys SET revoked_at = now()');
    expect(await seedDatabase({ env, demoKey: first.demoKey })).toEqual({
      owner: null,
      demoKey: null,
    });
  });
});
