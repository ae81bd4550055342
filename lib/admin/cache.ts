import 'server-only';
import { z } from 'zod';
import { periodsAt } from '@/lib/budget/periods';
import { readCacheStats } from '@/lib/db/cache-stats-repository';
import { withTenant } from '@/lib/db/client';
import { currentRuntime } from '@/lib/server/current-runtime';
import { audit, type Access } from './access';
import { refSchema } from './inputs';
import { requireRoleAt } from './roles';
import type { CacheStatsView } from './views';

const day = z.iso.date({ error: 'Write a day such as 2030-01-31.' }).optional();
export const cacheStatsQuery = z.object({ role: refSchema.optional(), from: day, to: day });
export const cacheQuery = z.object({ role: refSchema.optional() });

const DEFAULT_DAYS = 30;

/** What the cache holds now, and what it saved over some days of the tenant's calendar, the last 30 unless told. */
export async function readCache(
  { tenant }: Access,
  { role, from, to }: z.output<typeof cacheStatsQuery>,
): Promise<CacheStatsView> {
  const last = to ?? periodsAt(Date.now(), tenant.timezone).date;
  const first = from ?? daysBefore(last, DEFAULT_DAYS - 1);
  return withTenant(tenant.id, async (tx) => {
    const roleId =
      role === undefined ? undefined : (await requireRoleAt(tx, tenant.id, role, 'role')).id;
    const stats = await readCacheStats(tx, tenant.id, { roleId, from: first, to: last });
    const size = await currentRuntime().cacheKeeper.size(tenant.id, roleId ?? null);
    return { ...stats, ...size };
  });
}

/** Forgets cached answers, of a role or of the whole tenant. */
export async function clearCache(
  access: Access<'editor'>,
  { role }: z.output<typeof cacheQuery>,
): Promise<void> {
  const { tenant } = access;
  await withTenant(tenant.id, async (tx) => {
    const bound = role === undefined ? null : await requireRoleAt(tx, tenant.id, role, 'role');
    await currentRuntime().cacheKeeper.clear(tenant.id, bound?.id ?? null);
    const target = bound
      ? { type: 'role', id: bound.id, name: bound.name }
      : { type: 'tenant', id: tenant.id, name: tenant.name };
    await audit(tx, access, { action: 'cache.clear', target });
  });
}

function daysBefore(date: string, days: number): string {
  const at = new Date(`${date}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - days);
  return at.toISOString().slice(0, 10);
}
