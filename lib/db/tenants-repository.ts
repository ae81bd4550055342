import 'server-only';
import type { LogContent } from '@/lib/gateway/types';
import type { Tier } from '@/lib/policy/tiers';
import type { Tx } from './client';
import { refuseTaken } from './conflicts';
import type { Tenant } from './generated/client';
import { isStorable } from './json';
import { limitOf, pageOf, positionOf, type Page, type PageRequest } from './paging';
import { isUuid } from './uuid';

export { TIERS as TENANT_TIERS } from '@/lib/policy/tiers';

export type TenantRecord = {
  id: string;
  name: string;
  slug: string;
  tier: Tier;
  /** IANA name. */
  timezone: string;
  logContent: LogContent;
  createdAt: string;
  updatedAt: string;
};

export type TenantInput = {
  name: string;
  slug: string;
  tier?: Tier;
  timezone?: string;
  logContent?: LogContent;
};

/** @throws AppError conflict when the slug is taken. System scope. */
export async function createTenant(tx: Tx, input: TenantInput): Promise<TenantRecord> {
  return tenantRecordOf(
    await refuseTaken('slug', taken(input.slug), tx.tenant.create({ data: input })),
  );
}

/** By id or slug; null when the scope sees no such tenant. */
export async function findTenant(tx: Tx, idOrSlug: string): Promise<TenantRecord | null> {
  if (!isStorable(idOrSlug)) return null;
  const row = await tx.tenant.findUnique({
    where: isUuid(idOrSlug) ? { id: idOrSlug } : { slug: idOrSlug },
  });
  return row && tenantRecordOf(row);
}

/** All tenants by slug. System scope: for the bootstrap token. */
export async function listTenants(tx: Tx, page: PageRequest = {}): Promise<Page<TenantRecord>> {
  const limit = limitOf(page);
  const after = positionOf(page);
  const rows = await tx.tenant.findMany({
    where: after ? { slug: { gt: after.key } } : {},
    orderBy: { slug: 'asc' },
    take: limit + 1,
  });
  return pageOf(rows, limit, tenantRecordOf, (row) => ({ key: row.slug, id: row.id }));
}

/** Null when there is no such tenant. @throws AppError conflict when the slug is taken */
export async function updateTenant(
  tx: Tx,
  id: string,
  changes: Partial<TenantInput>,
): Promise<TenantRecord | null> {
  const { count } = await refuseTaken(
    'slug',
    taken(changes.slug ?? ''),
    tx.tenant.updateMany({ where: { id }, data: changes }),
  );
  return count === 0 ? null : findTenant(tx, id);
}

/** Deletes a tenant and all it owns, its request log included; the audit log stays. False when there was none. */
export async function deleteTenant(tx: Tx, id: string): Promise<boolean> {
  return (await tx.tenant.deleteMany({ where: { id } })).count > 0;
}

/** A row as the API shows it. */
export function tenantRecordOf(row: Tenant): TenantRecord {
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    // The table's checks allow these values only.
    tier: row.tier as Tier,
    timezone: row.timezone,
    logContent: row.logContent as LogContent,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

const taken = (slug: string) => `The slug "${slug}" is taken: choose another.`;
