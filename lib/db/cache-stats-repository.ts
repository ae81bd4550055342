import 'server-only';
import { addMoney, toMoneyString } from '@/lib/money';
import type { Tx } from './client';
import type { RoleCacheStats } from './generated/client';

/** What the cache did for a role on one day of the tenant's calendar. */
export type CacheStatsInput = {
  roleId: string;
  /** YYYY-MM-DD. */
  date: string;
  hits: number;
  misses: number;
  costSavedUsd: string;
  latencySavedMs: number;
};

export type CacheDay = {
  date: string;
  hits: number;
  misses: number;
  costSavedUsd: string;
  latencySavedMs: number;
  /** Answers that somebody has called wrong. */
  wrongAnswers: number;
};
export type CacheTotals = Omit<CacheDay, 'date'> & { days: CacheDay[] };

/** Adds to a day's counts; of a role that has gone meanwhile there is nothing to count. */
export async function addCacheStats(
  tx: Tx,
  tenantId: string,
  stats: CacheStatsInput,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO role_cache_stats (tenant_id, role_id, date, cache_hits, cache_misses, cost_saved_usd, latency_saved_ms)
    SELECT tenant_id, id, ${stats.date}::date, ${stats.hits}::int, ${stats.misses}::int,
      ${stats.costSavedUsd}::numeric, ${Math.round(stats.latencySavedMs)}::bigint
    FROM roles WHERE id = ${stats.roleId}::uuid AND tenant_id = ${tenantId}::uuid
    ON CONFLICT (role_id, date) DO UPDATE SET
      cache_hits = role_cache_stats.cache_hits + excluded.cache_hits,
      cache_misses = role_cache_stats.cache_misses + excluded.cache_misses,
      cost_saved_usd = role_cache_stats.cost_saved_usd + excluded.cost_saved_usd,
      latency_saved_ms = role_cache_stats.latency_saved_ms + excluded.latency_saved_ms`;
}

/**
 * Notes that the cached answer to a request was called wrong, and counts it on a day.
 * @returns false, having counted nothing, when that was noted before or the role has gone
 */
export async function noteWrongAnswer(
  tx: Tx,
  tenantId: string,
  wrong: { roleId: string; requestId: string; date: string },
): Promise<boolean> {
  const noted = await tx.$executeRaw`
    INSERT INTO cache_feedback (tenant_id, role_id, request_id)
    SELECT tenant_id, id, ${wrong.requestId} FROM roles WHERE id = ${wrong.roleId}::uuid AND tenant_id = ${tenantId}::uuid
    ON CONFLICT DO NOTHING`;
  if (noted === 0) return false;
  await tx.$executeRaw`
    INSERT INTO role_cache_stats (tenant_id, role_id, date, wrong_answers)
    VALUES (${tenantId}::uuid, ${wrong.roleId}::uuid, ${wrong.date}::date, 1)
    ON CONFLICT (role_id, date) DO UPDATE SET wrong_answers = role_cache_stats.wrong_answers + 1`;
  return true;
}

/** Totals and days between two dates (both included), of one role or of all. */
export async function readCacheStats(
  tx: Tx,
  tenantId: string,
  query: { roleId?: string; from: string; to: string },
): Promise<CacheTotals> {
  const rows = await tx.roleCacheStats.findMany({
    where: {
      tenantId,
      roleId: query.roleId,
      date: { gte: new Date(query.from), lte: new Date(query.to) },
    },
    orderBy: { date: 'asc' },
  });
  const dates = [...new Set(rows.map(dateOf))];
  const days = dates.map((date) => ({
    date,
    ...sumOf(rows.filter((row) => dateOf(row) === date)),
  }));
  return { ...sumOf(rows), days };
}

const dateOf = (row: RoleCacheStats): string => row.date.toISOString().slice(0, 10);

function sumOf(rows: RoleCacheStats[]): Omit<CacheDay, 'date'> {
  return {
    hits: rows.reduce((sum, row) => sum + row.cacheHits, 0),
    misses: rows.reduce((sum, row) => sum + row.cacheMisses, 0),
    costSavedUsd: toMoneyString(addMoney(...rows.map((row) => row.costSavedUsd.toFixed()))),
    latencySavedMs: rows.reduce((sum, row) => sum + Number(row.latencySavedMs), 0),
    wrongAnswers: rows.reduce((sum, row) => sum + row.wrongAnswers, 0),
  };
}
