import 'server-only';
import { z } from 'zod';
import { withTenant, type Tx } from '@/lib/db/client';
import type { Page } from '@/lib/db/paging';
import {
  findRequest,
  listRequests as readRequests,
  type ReceiptSummary,
} from '@/lib/db/request-log-repository';
import { isUuid } from '@/lib/db/uuid';
import { AppError } from '@/lib/errors/app-error';
import type { Receipt } from '@/lib/gateway/types';
import type { Access } from './access';
import { pageQuery, refSchema } from './inputs';
import { requireRoleAt } from './roles';
import { rangeQuery, timeRange } from './time-range';

const STATUS = 'Write an HTTP status such as 429, or a class such as 4xx.';

export const requestsQuery = pageQuery.extend({
  role: refSchema.optional(),
  key: z.string().refine(isUuid, 'Write the id of a key.').optional(),
  /** 429, or 4xx for all of 400 to 499. */
  status: z
    .string()
    .regex(/^([1-5]\d\d|[1-5]xx)$/, STATUS)
    .transform((text) => Number(text.replace('xx', '')))
    .optional(),
  code: z.string().max(100).optional(),
  provider: z.string().max(200).optional(),
  model: z.string().max(200).optional(),
  ...rangeQuery,
});

/** The request log, newest first. */
export async function listRequests(
  { tenant }: Access,
  { role, key, from, to, ...filter }: z.output<typeof requestsQuery>,
): Promise<Page<ReceiptSummary>> {
  const range = timeRange({ from, to }, tenant.timezone);
  return withTenant(tenant.id, async (tx) => {
    const roleId = await roleIdOf(tx, tenant.id, role);
    return readRequests(tx, tenant.id, { ...filter, ...range, roleId, keyId: key });
  });
}

/** One receipt, with what of its content was kept; none of it once the tenant keeps no content. */
export async function readRequest(
  { tenant }: Access,
  id: string,
): Promise<Omit<Receipt, 'tenantId'>> {
  const receipt = await withTenant(tenant.id, (tx) => findRequest(tx, tenant.id, id));
  if (!receipt) {
    throw new AppError(
      'not_found',
      'There is no such request. Receipts are written within a second: try again if it is new.',
    );
  }
  const { tenantId: _own, content, ...summary } = receipt;
  return { ...summary, content: tenant.logContent === 'none' ? null : content };
}

/** The id that a filter means: an id as it is, since a role that is gone has a log too, or a name's. */
export async function roleIdOf(
  tx: Tx,
  tenantId: string,
  ref: string | undefined,
): Promise<string | undefined> {
  if (ref === undefined || isUuid(ref)) return ref;
  return (await requireRoleAt(tx, tenantId, ref, 'role')).id;
}
