import 'server-only';
import { z } from 'zod';
import { listAlerts as readAlerts, type AlertView } from '@/lib/db/alerts-repository';
import { withTenant } from '@/lib/db/client';
import type { Page } from '@/lib/db/paging';
import type { Access } from './access';
import { pageQuery } from './inputs';

const STATUSES = ['pending', 'sent', 'failed', 'undeliverable'] as const;

export const alertsQuery = pageQuery.extend({
  status: z.enum(STATUSES, { error: `Write one of ${STATUSES.join(', ')}.` }).optional(),
});

/** Alerts and how their delivery went, newest first. Of a webhook only its host is shown. */
export async function listAlerts(
  { tenant }: Access,
  query: z.output<typeof alertsQuery>,
): Promise<Page<AlertView>> {
  return withTenant(tenant.id, (tx) => readAlerts(tx, tenant.id, query));
}
