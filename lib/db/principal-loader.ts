import 'server-only';
import { createPriceBook } from '@/lib/budget/pricing';
import type { LogContent, Principal, ProviderConnection, ProviderKind } from '@/lib/gateway/types';
import type { RolePolicy } from '@/lib/policy/role-policy';
import { unseal } from '@/lib/secrets/seal';
import { withSystemSql, type Sql } from './client';
import { decodePolicy, type PolicyColumns } from './policy-codec';
import { credentialContext } from './provider-connections-repository';

/** The reads behind the gateway's snapshot. They run before a tenant is known, so in the system scope. */

export type KeyRecord = {
  id: string;
  tenantId: string;
  roleId: string;
  name: string;
  hash: string;
  expiresAt: Date | null;
};

/** Keys in force of these hashes; those not among them are unknown or revoked. */
export async function loadKeys(hashes: string[]): Promise<Map<string, KeyRecord>> {
  const { rows } = await withSystemSql((sql) =>
    sql.query<KeyRecord>({
      name: 'snapshot-keys',
      text: `SELECT id, tenant_id AS "tenantId", role_id AS "roleId", name, hash, expires_at AS "expiresAt"
        FROM api_keys WHERE hash = ANY($1) AND revoked_at IS NULL`,
      values: [hashes],
    }),
  );
  return new Map(rows.map((row) => [row.hash, row]));
}

/** What all keys of a tenant share. */
export type TenantRecord = Pick<Principal, 'tenant' | 'connections' | 'prices'>;

/** Null when the tenant is gone. @throws SealError, RangeError when a credential or price cannot be read */
export async function loadTenant(tenantId: string): Promise<TenantRecord | null> {
  return withSystemSql(async (sql) => {
    const { rows } = await sql.query<{
      id: string;
      slug: string;
      timezone: string;
      log_content: LogContent;
    }>('SELECT id, slug, timezone, log_content FROM tenants WHERE id = $1', [tenantId]);
    const [tenant] = rows;
    if (!tenant) return null;
    const { id, slug, timezone, log_content: logContent } = tenant;
    return {
      tenant: { id, slug, timezone, logContent },
      connections: await loadConnections(sql, tenantId),
      prices: createPriceBook({ overrides: await loadPrices(sql, tenantId) }),
    };
  });
}

/** What all keys of a role share. */
export type RoleRecord = {
  role: { id: string; name: string };
  policy: { version: number; document: RolePolicy };
};

/** Null when the role is gone. @throws PolicyUnreadableError */
export async function loadRole(tenantId: string, roleId: string): Promise<RoleRecord | null> {
  type Row = { name: string; version: number } & PolicyColumns;
  const { rows } = await withSystemSql((sql) =>
    sql.query<Row>(
      `SELECT name, policy_version AS version, prompt_policies AS "promptPolicies", tool_policies AS "toolPolicies",
         rate_limit_policy AS "rateLimitPolicy", model_restrictions AS "modelRestrictions", caching_policy AS "cachingPolicy",
         routing_policy AS "routingPolicy", resilience_policy AS "resiliencePolicy", budget_policy AS "budgetPolicy"
       FROM roles WHERE id = $1 AND tenant_id = $2`,
      [roleId, tenantId],
    ),
  );
  const [row] = rows;
  if (!row) return null;
  return {
    role: { id: roleId, name: row.name },
    policy: { version: row.version, document: decodePolicy(tenantId, row) },
  };
}

async function loadConnections(sql: Sql, tenantId: string): Promise<ProviderConnection[]> {
  const { rows } = await sql.query<{
    id: string;
    kind: ProviderKind;
    name: string;
    base_url: string | null;
    sealed: string | null;
    models: string[];
  }>(
    `SELECT id, kind, name, base_url, credential_sealed AS sealed, models FROM provider_connections WHERE tenant_id = $1 AND enabled ORDER BY name`,
    [tenantId],
  );
  return rows.map((row) => ({
    id: row.id,
    tenantId,
    name: row.name,
    kind: row.kind,
    baseUrl: row.base_url,
    credential: row.sealed === null ? '' : unseal(row.sealed, credentialContext(tenantId, row.id)),
    models: row.models,
    enabled: true,
  }));
}

async function loadPrices(sql: Sql, tenantId: string) {
  const { rows } = await sql.query<{
    model: string;
    inputPerMillion: string;
    cachedInputPerMillion: string | null;
    outputPerMillion: string;
  }>(
    `SELECT model, input_per_million::text AS "inputPerMillion", cached_input_per_million::text AS "cachedInputPerMillion",
       output_per_million::text AS "outputPerMillion" FROM model_prices WHERE tenant_id = $1`,
    [tenantId],
  );
  return rows;
}
