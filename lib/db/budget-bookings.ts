import 'server-only';
import type { SettleRequest, Totals } from '@/lib/budget/ledger/store';
import { toUnits, toUsd, type Units } from '@/lib/budget/ledger/units';
import type { BudgetWindow } from '@/lib/budget/periods';
import { capRows, ofAccount, startOf, startsOf } from './budget-windows';
import type { Tx } from './client';

export type Booking = {
  /** Of the entries that are new. */
  cost: Units;
  entries: number;
  requests: number;
  tokens: number;
  settled: Totals;
  /** What the replica's lease still holds. */
  held: Units;
};

type Row = {
  cost: string;
  entries: number;
  requests: number;
  tokens: string;
  settled: Record<BudgetWindow, string>;
  held: string | null;
};

/**
 * Books entries on windows that are open, in one statement: new entries are written down, what the lease
 * covers moves from leased to settled, what it does not cover is overdraft, and unused money goes back.
 * Also renews the lease, and puts the caps in force: one that is lower than what is committed follows
 * it down instead of breaking the constraint.
 */
export async function bookEntries(tx: Tx, request: SettleRequest): Promise<Booking> {
  const { entries, tenantId, roleId, replicaId, giveBack, caps } = request;
  const day = startOf(request, 'day');
  const [row] = await tx.$queryRaw<Row[]>`
    WITH fresh AS (
      INSERT INTO budget_entries (id, tenant_id, role_id, admitted_at, day_starts_at, week_starts_at, month_starts_at, cost_usd, tokens)
      SELECT e.id, ${tenantId}::uuid, ${roleId}::uuid, to_timestamp(e.at / 1000), ${day},
        ${startOf(request, 'week')}, ${startOf(request, 'month')}, e.cost, e.tokens
      FROM unnest(${entries.map((each) => each.id)}::text[], ${entries.map((each) => each.at)}::float8[],
        ${entries.map((each) => toUsd(each.cost))}::numeric[], ${entries.map((each) => each.tokens)}::bigint[]) AS e (id, at, cost, tokens)
      ON CONFLICT (id) DO NOTHING RETURNING id, admitted_at, cost_usd, tokens
    ), spent AS (
      SELECT coalesce(sum(cost_usd), 0) AS cost, count(*)::int AS entries, count(*) FILTER (WHERE id LIKE '%/1')::int AS requests,
        coalesce(sum(tokens), 0) AS tokens FROM fresh
    ), had AS (
      SELECT coalesce(sum(held_usd), 0) AS usd FROM budget_leases
      WHERE role_id = ${roleId}::uuid AND replica_id = ${replicaId}::uuid AND day_starts_at = ${day}
    ), moved AS (
      SELECT cost, covered, least(${toUsd(giveBack)}::numeric, usd - covered) AS returned
      FROM (SELECT spent.cost, had.usd, least(spent.cost, had.usd) AS covered FROM spent, had) AS both_books
    ), lease AS (
      UPDATE budget_leases SET held_usd = held_usd - covered - returned, renewed_at = clock_timestamp() FROM moved
      WHERE role_id = ${roleId}::uuid AND replica_id = ${replicaId}::uuid AND day_starts_at = ${day} RETURNING held_usd
    ), own AS (
      UPDATE budget_windows w SET settled_usd = settled_usd + cost, overdraft_usd = overdraft_usd + cost - covered,
        leased_usd = leased_usd - covered - returned,
        cap_usd = CASE WHEN c.usd IS NOT NULL THEN greatest(c.usd,
          CASE WHEN leased_usd > covered + returned THEN settled_usd - overdraft_usd + leased_usd - returned ELSE 0 END) END
      FROM moved, (VALUES ${capRows(caps)}) AS c (of_kind, usd)
      WHERE c.of_kind = w.kind AND ${ofAccount(request)} RETURNING w.kind, w.settled_usd
    ), other AS (
      SELECT w.kind, w.starts_at, sum(f.cost_usd) AS cost FROM fresh f
      JOIN budget_windows w ON f.admitted_at >= w.starts_at AND f.admitted_at < w.ends_at
      WHERE w.role_id = ${roleId}::uuid AND (w.kind, w.starts_at) NOT IN (${startsOf(request)}) GROUP BY 1, 2
    ), charged AS (
      -- After a change of the time zone: what was admitted under the former calendar falls into the present windows too.
      UPDATE budget_windows w SET settled_usd = settled_usd + other.cost, overdraft_usd = overdraft_usd + other.cost FROM other
      WHERE w.role_id = ${roleId}::uuid AND w.kind = other.kind AND w.starts_at = other.starts_at
    )
    SELECT cost::text, entries, requests, tokens::text, (SELECT held_usd::text FROM lease) AS held,
      (SELECT json_object_agg(kind, settled_usd::text) FROM own) AS settled
    FROM spent`;
  const { cost, requests, tokens, settled, held, entries: count } = row!;
  return {
    cost: toUnits(cost),
    entries: count,
    requests,
    tokens: Number(tokens),
    settled: {
      day: toUnits(settled.day),
      week: toUnits(settled.week),
      month: toUnits(settled.month),
    },
    held: toUnits(held ?? '0'),
  };
}
