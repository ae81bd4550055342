import 'server-only';
import { z } from 'zod';
import { listAudit as readAudit, type AuditView } from '@/lib/db/audit-repository';
import { withTenant } from '@/lib/db/client';
import type { Page } from '@/lib/db/paging';
import type { Access } from './access';
import { pageQuery } from './inputs';
import { rangeQuery, timeRange } from './time-range';

const text = z.string().max(200).optional();

export const auditQuery = pageQuery.extend({
  /** `policy.update`, `key.revoke`, … */
  action: text,
  targetType: text,
  targetId: text,
  actorId: text,
  ...rangeQuery,
});

/** Every administrative act on the tenant, newest first. */
export async function listAudit(
  { tenant }: Access,
  { from, to, ...filter }: z.output<typeof auditQuery>,
): Promise<Page<AuditView>> {
  const range = timeRange({ from, to }, tenant.timezone);
  return withTenant(tenant.id, (tx) => readAudit(tx, tenant.id, { ...filter, ...range }));
}
