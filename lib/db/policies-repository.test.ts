import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { MASK, MASK_CHANGED } from '@/lib/policy/diff';
import { emptyPolicy, rolePolicySchema, type RolePolicyInput } from '@/lib/policy/role-policy';
import { listAudit, SYSTEM_ACTOR, type AuditActor } from './audit-repository';
import { withSystem, withTenant } from './client';
import { readPolicy, savePolicy } from './policies-repository';
import { findRevision, listRevisions } from './policy-revisions-repository';
import { createRole, type RoleView } from './roles-repository';
import { createTenant } from './tenants-repository';
import { testDatabase } from './testing';

const database = await testDatabase();
afterAll(() => database.close());

const actor: AuditActor = {
  type: 'user',
  id: 'u-1',
  name: 'ada@example.com',
  ip: '192.0.2.7',
  userAgent: 'Firefox',
};
let tenantId: string;
let role: RoleView;
let turn = 0;

beforeEach(async () => {
  turn += 1;
  tenantId = (await withSystem((tx) => createTenant(tx, { name: 'T', slug: `t${turn}` }))).id;
  role = await withTenant(tenantId, (tx) =>
    createRole(tx, tenantId, { name: 'r', policy: emptyPolicy }, SYSTEM_ACTOR),
  );
});

const policyOf = (input: RolePolicyInput) => rolePolicySchema.parse(input);
const save = (input: RolePolicyInput, expectedVersion: number | null, comment = '') =>
  withTenant(tenantId, (tx) =>
    savePolicy(tx, tenantId, {
      roleId: role.id,
      policy: policyOf(input),
      expectedVersion,
      comment,
      actor,
    }),
  );
const stored = () => withTenant(tenantId, (tx) => readPolicy(tx, tenantId, role.id));

describe('savePolicy', () => {
  it('writes the document, a revision with its field-level diff, and an audit entry', async () => {
    const result = await save(
      { rateLimitPolicy: { enabled: true, requestsPerMinute: 2 } },
      1,
      'calm down',
    );
    expect(result).toMatchObject({ kind: 'saved', version: 2 });
    expect((await stored())?.policy.rateLimitPolicy).toMatchObject({
      enabled: true,
      requestsPerMinute: 2,
    });
    const diff = [
      { path: 'rateLimitPolicy.enabled', from: false, to: true },
      { path: 'rateLimitPolicy.requestsPerMinute', from: 0, to: 2 },
    ];
    const revisions = await withTenant(tenantId, (tx) => listRevisions(tx, tenantId, role.id));
    expect(revisions.items[0]).toMatchObject({
      version: 2,
      comment: 'calm down',
      ip: '192.0.2.7',
      userAgent: 'Firefox',
      restoredFrom: null,
      diff,
      actor: { type: 'user', id: 'u-1', name: 'ada@example.com' },
    });
    expect(revisions.items.map((revision) => revision.version)).toEqual([2, 1]);
    const audit = await withTenant(tenantId, (tx) => listAudit(tx, tenantId));
    expect(audit.items[0]).toMatchObject({
      action: 'policy.update',
      actor: { name: 'ada@example.com' },
      target: { type: 'role', id: role.id, name: 'r' },
      detail: { version: 2, changes: diff },
    });
  });

  it.each(['audit_log', 'role_policy_revisions'])(
    'leaves nothing behind when the insert into %s fails',
    async (table) => {
      await database.owner.query(`
      CREATE OR REPLACE FUNCTION fail_now() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk on fire'; END $$;
      CREATE TRIGGER fail_now BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION fail_now()`);
      try {
        await expect(save({ cachingPolicy: { enabled: true } }, 1)).rejects.toThrow(/disk on fire/);
      } finally {
        await database.owner.query(`DROP TRIGGER fail_now ON ${table}`);
      }
      expect(await stored()).toEqual({ version: 1, policy: emptyPolicy });
      expect(
        (await withTenant(tenantId, (tx) => listRevisions(tx, tenantId, role.id))).items,
      ).toHaveLength(1);
      expect((await withTenant(tenantId, (tx) => listAudit(tx, tenantId))).items).toEqual([]);
    },
  );

  it('lets exactly one of many saves made on the same version win', async () => {
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        save({ rateLimitPolicy: { requestsPerMinute: index + 1 } }, 1),
      ),
    );
    const winner = results.filter((result) => result.kind === 'saved');
    const losers = results.filter((result) => result.kind === 'conflict');
    expect([winner.length, losers.length]).toEqual([1, 7]);
    expect(losers[0]).toMatchObject({
      currentVersion: 2,
      current: { version: 2, actor: { name: 'ada@example.com' } },
    });
    expect((await stored())?.policy).toEqual(winner[0]?.policy);
  });

  it('writes nothing when the document is the stored one', async () => {
    await save({ cachingPolicy: { enabled: true } }, 1);
    expect(await save({ cachingPolicy: { enabled: true } }, 2)).toMatchObject({
      kind: 'unchanged',
      version: 2,
    });
    expect(
      (await withTenant(tenantId, (tx) => listRevisions(tx, tenantId, role.id))).items,
    ).toHaveLength(2);
  });

  it('restores a former document as a new version', async () => {
    await save({ cachingPolicy: { enabled: true } }, 1);
    const first = await withTenant(tenantId, (tx) => findRevision(tx, tenantId, role.id, 1));
    await withTenant(tenantId, (tx) =>
      savePolicy(tx, tenantId, {
        roleId: role.id,
        policy: first?.policy ?? policyOf({}),
        expectedVersion: 2,
        restoredFrom: 1,
        actor,
      }),
    );
    expect(await stored()).toEqual({ version: 3, policy: emptyPolicy });
    const [latest] = (await withTenant(tenantId, (tx) => listAudit(tx, tenantId))).items;
    expect(latest).toMatchObject({ action: 'policy.restore', detail: { restoredFrom: 1 } });
  });

  it('keeps webhook URLs sealed in the row, the revision and the audit log, and gives them back', async () => {
    const secret = 'https://hooks.slack.com/services/T0/B0/very-secret';
    await save({ budgetPolicy: { alertSlack: secret } }, 1);
    const { rows } = await database.owner.query(
      `SELECT (SELECT budget_policy FROM roles WHERE id = $1)::text || (SELECT string_agg(document::text || diff::text, '') FROM role_policy_revisions WHERE role_id = $1)
        || (SELECT string_agg(detail::text, '') FROM audit_log) AS everything`,
      [role.id],
    );
    expect(rows[0].everything).not.toContain('very-secret');
    expect((await stored())?.policy.budgetPolicy.alertSlack).toBe(secret);
    const revision = await withTenant(tenantId, (tx) => findRevision(tx, tenantId, role.id, 2));
    expect(revision?.policy.budgetPolicy.alertSlack).toBe(secret);
    expect(revision?.diff).toEqual([{ path: 'budgetPolicy.alertSlack', from: '', to: MASK }]);
    expect(await save({ budgetPolicy: { alertSlack: `${secret}2` } }, 2)).toMatchObject({
      kind: 'saved',
      diff: [{ path: 'budgetPolicy.alertSlack', from: MASK, to: MASK_CHANGED }],
    });
  });

  it('stores any string, those that PostgreSQL has no place for as U+FFFD', async () => {
    await save(
      { promptPolicies: { injection: { allowedPhrases: ['nul \0 and half \ud83d'] } } },
      1,
    );
    expect((await stored())?.policy.promptPolicies.injection.allowedPhrases).toEqual([
      'nul \ufffd and half \ufffd',
    ]);
  });

  it('refuses to read a row that does not parse, naming paths only, and lets a save repair it', async () => {
    await database.owner.query(
      `UPDATE roles SET rate_limit_policy = '{"enabled": true, "requestsPerMinute": "hunter2"}' WHERE id = $1`,
      [role.id],
    );
    await expect(stored()).rejects.toThrow(
      /cannot be read: rateLimitPolicy\.requestsPerMinute \(invalid_type\)/,
    );
    await expect(stored()).rejects.not.toThrow(/hunter2/);
    expect(await save({}, 1)).toMatchObject({ kind: 'saved', version: 2 });
    expect(await stored()).toEqual({ version: 2, policy: emptyPolicy });
  });

  it('finds no role of another tenant', async () => {
    const other = await withSystem((tx) => createTenant(tx, { name: 'O', slug: `o${turn}` }));
    const result = await withTenant(other.id, (tx) =>
      savePolicy(tx, other.id, { roleId: role.id, policy: emptyPolicy, expectedVersion: 1, actor }),
    );
    expect(result).toEqual({ kind: 'not_found' });
  });

  it('reads a role that the database made with its own defaults as: all off', async () => {
    const { rows } = await database.owner.query(
      `INSERT INTO roles (tenant_id, name) VALUES ($1, 'bare') RETURNING id`,
      [tenantId],
    );
    expect(await withTenant(tenantId, (tx) => readPolicy(tx, tenantId, rows[0].id))).toEqual({
      version: 1,
      policy: emptyPolicy,
    });
  });
});
