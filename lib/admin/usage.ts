import 'server-only';
import { z } from 'zod';
import { withTenant, type Tx } from '@/lib/db/client';
import { namesOf } from '@/lib/db/names-repository';
import {
  summarizeUsage,
  USAGE_DIMENSIONS,
  type UsageDimension,
} from '@/lib/db/request-log-repository';
import { AppError } from '@/lib/errors/app-error';
import type { Access } from './access';
import { refSchema } from './inputs';
import { roleIdOf } from './requests';
import { rangeQuery, timeRange } from './time-range';
import type { UsageView } from './views';

const DAY_MS = 24 * 60 * 60 * 1000;
const DEFAULT_RANGE_MS = 30 * DAY_MS;
const MAX_RANGE_MS = 400 * DAY_MS;

export const usageQuery = z.object({
  by: z
    .enum(USAGE_DIMENSIONS, { error: `Write one of ${USAGE_DIMENSIONS.join(', ')}.` })
    .default('role'),
  role: refSchema.optional(),
  ...rangeQuery,
});

/**
 * Requests, tokens and cost over a time, the last 30 days unless told, by one dimension.
 * @throws AppError validation_failed for more than 400 days
 */
export async function readUsage(
  { tenant }: Access,
  query: z.output<typeof usageQuery>,
): Promise<UsageView> {
  const range = timeRange(query, tenant.timezone);
  const to = range.to ?? new Date();
  const from = range.from ?? new Date(to.getTime() - DEFAULT_RANGE_MS);
  if (to.getTime() - from.getTime() > MAX_RANGE_MS) {
    const message = 'Ask for at most 400 days at a time.';
    throw new AppError('validation_failed', message, { issues: [{ path: 'from', message }] });
  }
  return withTenant(tenant.id, async (tx) => {
    const roleId = await roleIdOf(tx, tenant.id, query.role);
    const { by } = query;
    const scope = { by, roleId, from, to, timezone: tenant.timezone };
    const rows = await summarizeUsage(tx, tenant.id, scope);
    const labels = await labelsOf(
      tx,
      tenant.id,
      by,
      rows.map((row) => row.key),
    );
    const items = rows.map((row) => ({ ...row, label: labels?.get(row.key) ?? row.key }));
    return { by, from: from.toISOString(), to: to.toISOString(), items };
  });
}

async function labelsOf(tx: Tx, tenantId: string, by: UsageDimension, ids: string[]) {
  return by === 'role' || by === 'key' ? namesOf(tx, tenantId, by, ids) : null;
}
