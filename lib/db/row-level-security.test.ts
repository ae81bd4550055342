import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withSystemSql, withTenant, withTenantSql } from './client';
import { testDatabase } from './testing';

const database = await testDatabase();
const a = randomUUID();
const b = randomUUID();

/** The application's role with no scope set: what a query that forgot its scope would be. */
const url = new URL(database.url);
url.searchParams.set('options', '-c role=rolegate_app');
const unscoped = new Pool({ connectionString: url.toString(), max: 1 });

beforeAll(async () => {
  for (const tenant of [a, b]) {
    const role = randomUUID();
    const user = randomUUID();
    await database.owner.query(`
      INSERT INTO tenants (id, name, slug) VALUES ('${tenant}', 'T', 't-${tenant}');
      INSERT INTO users (id, email) VALUES ('${user}', '${user}@example.com');
      INSERT INTO memberships (tenant_id, user_id, role) VALUES ('${tenant}', '${user}', 'owner');
      INSERT INTO admin_tokens (tenant_id, name, role, prefix, hash) VALUES ('${tenant}', 'n', 'owner', 'p', '${tenant}');
      INSERT INTO roles (id, tenant_id, name) VALUES ('${role}', '${tenant}', 'r');
      INSERT INTO role_policy_revisions (tenant_id, role_id, version, document, actor_type) VALUES ('${tenant}', '${role}', 1, '{}', 'system');
      INSERT INTO api_keys (tenant_id, role_id, name, prefix, hash) VALUES ('${tenant}', '${role}', 'k', 'p', '${tenant}');
      INSERT INTO provider_connections (tenant_id, kind, name) VALUES ('${tenant}', 'openai', 'openai');
      INSERT INTO model_prices (tenant_id, model, input_per_million, output_per_million) VALUES ('${tenant}', 'm', 1, 1);
      INSERT INTO audit_log (tenant_id, actor_type, action, target_type) VALUES ('${tenant}', 'system', 'x', 'y');
      INSERT INTO request_log (tenant_id, status, receipt) VALUES ('${tenant}', 200, '{}');
      INSERT INTO request_log (at, tenant_id, status, receipt) SELECT b.at, '${tenant}', 200, '{}'
        FROM (SELECT date_trunc('month', now()) + make_interval(months => m) + interval '1 day' AS at FROM unnest(ARRAY[-120, 1, 2, 3]) m) b;
      INSERT INTO alert_outbox (tenant_id, kind, channel, target_sealed) VALUES ('${tenant}', 'x', 'email', 's');
      INSERT INTO role_budget_usage (tenant_id, role_id, date) VALUES ('${tenant}', '${role}', now());
      INSERT INTO role_cache_stats (tenant_id, role_id, date) VALUES ('${tenant}', '${role}', now());
      INSERT INTO budget_windows (tenant_id, role_id, kind, starts_at, ends_at) VALUES ('${tenant}', '${role}', 'day', now(), now());
      INSERT INTO budget_leases (tenant_id, role_id, replica_id, day_starts_at, week_starts_at, month_starts_at)
        VALUES ('${tenant}', '${role}', gen_random_uuid(), now(), now(), now());
      INSERT INTO budget_entries (id, tenant_id, role_id, admitted_at, day_starts_at, week_starts_at, month_starts_at, cost_usd)
        VALUES ('${tenant}', '${tenant}', '${role}', now(), now(), now(), now(), 1);
      INSERT INTO circuit_breaker_state (tenant_id, provider) VALUES ('${tenant}', 'openai');
      INSERT INTO cache_entries (id, tenant_id, role_id, key_id, partition, exact_key, provider, kind, model, requested_model,
          content, sealed, checksum, created_at, expires_at)
        SELECT gen_random_uuid(), tenant_id, role_id, id, 'p', 'e', 'p', 'openai', 'm', 'm', '', false, '', now(), now()
        FROM api_keys WHERE tenant_id = '${tenant}';
      INSERT INTO cache_feedback (tenant_id, role_id, request_id) VALUES ('${tenant}', '${role}', 'x');
      INSERT INTO cache_wrong_pairs (tenant_id, role_id, pair) VALUES ('${tenant}', '${role}', 'x');
    `);
  }
});
afterAll(async () => {
  await unscoped.end();
  await database.close();
});

const { rows: tables } = await database.owner.query<{ name: string; partition: boolean }>(
  `SELECT c.table_name AS name, p.relispartition AS partition FROM information_schema.columns c
   JOIN pg_class p ON p.relname = c.table_name AND p.relnamespace = 'public'::regnamespace
   WHERE c.table_schema = 'public' AND c.column_name = 'tenant_id' ORDER BY 1`,
);

describe('row-level security', () => {
  it('covers all tenant-owned tables', () => {
    expect(tables.filter((table) => !table.partition).map((table) => table.name)).toEqual([
      'admin_tokens',
      'alert_outbox',
      'api_keys',
      'audit_log',
      'budget_entries',
      'budget_leases',
      'budget_windows',
      'cache_entries',
      'cache_feedback',
      'cache_wrong_pairs',
      'circuit_breaker_state',
      'memberships',
      'model_prices',
      'provider_connections',
      'request_log',
      'role_budget_usage',
      'role_cache_stats',
      'role_policy_revisions',
      'roles',
    ]);
    expect(tables.filter((table) => table.partition).length).toBeGreaterThanOrEqual(5);
  });

  it.each(tables)(
    'reads nothing of $name without a scope, and one tenant with one',
    async ({ name, partition }) => {
      const stored = await database.owner.query(`SELECT 1 FROM ${name} WHERE tenant_id = $1`, [b]);
      expect(stored.rowCount).toBeGreaterThan(0);
      // Partitions are reached through their parent only.
      if (partition)
        return expect(unscoped.query(`SELECT * FROM ${name}`)).rejects.toThrow(/permission denied/);
      expect((await unscoped.query(`SELECT * FROM ${name}`)).rows).toEqual([]);
      const seen = await withTenantSql(a, (sql) =>
        sql.query(`SELECT DISTINCT tenant_id AS id FROM ${name}`),
      );
      expect(seen.rows).toEqual([{ id: a }]);
      const all = await withSystemSql((sql) => sql.query(`SELECT DISTINCT tenant_id FROM ${name}`));
      expect(all.rowCount).toBe(2);
    },
  );

  it.each(tables.filter((table) => table.partition))(
    'binds the owner on the partition $name too',
    async ({ name }) => {
      const { rows } = await database.owner.query(
        'SELECT relrowsecurity AND relforcerowsecurity AS forced FROM pg_class WHERE relname = $1',
        [name],
      );
      expect(rows).toEqual([{ forced: true }]);
    },
  );

  it.each(tables.filter((table) => !table.partition))(
    'refuses to move or write a row of $name into another tenant',
    async ({ name }) => {
      await expect(
        withTenantSql(a, (sql) =>
          sql.query(
            `INSERT INTO ${name} SELECT (jsonb_populate_record(t, jsonb_build_object('tenant_id', $1::text))).* FROM ${name} t`,
            [b],
          ),
        ),
      ).rejects.toThrow(/row-level security|duplicate key/);
    },
  );

  it('keeps tenants, people, sessions and sign-in attempts from a query without a scope', async () => {
    for (const name of ['tenants', 'users', 'sessions', 'login_attempts']) {
      expect((await unscoped.query(`SELECT * FROM ${name}`)).rows).toEqual([]);
    }
  });

  it('shows a tenant itself and its members only', async () => {
    expect(await withTenant(a, (tx) => tx.tenant.findMany({ select: { id: true } }))).toEqual([
      { id: a },
    ]);
    expect(await withTenant(a, (tx) => tx.user.count())).toBe(1);
  });

  it('leaves nothing of a scope on the connection', async () => {
    await withTenantSql(a, (sql) => sql.query('SELECT 1'));
    const left = await Promise.all(
      Array.from({ length: 10 }, () =>
        withTenantSql(b, (sql) =>
          sql.query(`SELECT current_setting('rolegate.scope', true) AS scope`),
        ),
      ),
    );
    expect(
      left.flatMap((result) => result.rows).every((row: { scope: string | null }) => !row.scope),
    ).toBe(true);
  });

  it('gives a role of one tenant no key of another', async () => {
    const { rows } = await database.owner.query('SELECT id FROM roles WHERE tenant_id = $1', [b]);
    const insert = database.owner.query(
      `INSERT INTO api_keys (tenant_id, role_id, name, prefix, hash) VALUES ($1, $2, 'k', 'p', 'h')`,
      [a, rows[0].id],
    );
    await expect(insert).rejects.toThrow(/api_keys_role_fkey/);
  });
});

describe('append-only tables', () => {
  it.each(['audit_log', 'role_policy_revisions', 'request_log'])(
    'refuse the application a change of %s',
    async (name) => {
      await expect(
        withSystemSql((sql) => sql.query(`UPDATE ${name} SET tenant_id = tenant_id`)),
      ).rejects.toThrow(/permission denied/);
      await expect(withSystemSql((sql) => sql.query(`DELETE FROM ${name}`))).rejects.toThrow(
        /permission denied/,
      );
    },
  );

  it('refuse even the owner a change of the audit log', async () => {
    await expect(database.owner.query(`UPDATE audit_log SET action = 'z'`)).rejects.toThrow(
      /append-only/,
    );
    await expect(database.owner.query('DELETE FROM audit_log')).rejects.toThrow(/append-only/);
    await expect(database.owner.query('TRUNCATE audit_log')).rejects.toThrow(/append-only/);
  });
});

describe('deleting a tenant', () => {
  it('takes all that it owns along, except the audit log', async () => {
    await withTenant(b, (tx) => tx.tenant.delete({ where: { id: b } }));
    for (const { name, partition } of tables) {
      if (partition) continue;
      const { rows } = await database.owner.query(
        `SELECT count(*)::int AS n FROM ${name} WHERE tenant_id = $1`,
        [b],
      );
      expect([name, rows[0].n]).toEqual([name, name === 'audit_log' ? 1 : 0]);
    }
  });
});
