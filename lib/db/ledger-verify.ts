import 'server-only';
import { toMoneyString } from '@/lib/money';
import type { Tx } from './client';

/** What two books say differently of the same money. */
export type LedgerDifference = {
  /**
   * `window`: a window's balance against its entries; `lease`: what a window has set aside against the
   * replicas' leases; `usage`: role_budget_usage against the entries; `receipt`: a request's entries
   * against its receipt.
   */
  book: 'window' | 'lease' | 'usage' | 'receipt';
  roleId: string;
  role: string;
  /** The window and its start, the request's id, or empty. */
  subject: string;
  recordedUsd: string;
  computedUsd: string;
};

export type LedgerVerification = {
  windows: number;
  entries: number;
  receipts: number;
  settledUsd: string;
  differences: LedgerDifference[];
};

/** The receipts of a moment ago may still wait for their batch. */
const RECEIPTS_AFTER_MS = 5_000;
const MOST_DIFFERENCES = 200;

type Row = {
  roleId: string;
  role: string;
  subject: string;
  recorded: string;
  computed: string;
};

/**
 * Computes a tenant's balances anew - from the entries, and the entries from the receipts - in one
 * snapshot, and lists every difference to what is recorded. Changes nothing.
 */
export async function verifyLedger(
  tx: Tx,
  tenantId: string,
  now: number = Date.now(),
): Promise<LedgerVerification> {
  const books = {
    window: await windowFaults(tx, tenantId),
    lease: await leaseFaults(tx, tenantId),
    usage: await usageFaults(tx, tenantId),
    receipt: await receiptFaults(tx, tenantId, new Date(now - RECEIPTS_AFTER_MS)),
  };
  const differences = Object.entries(books).flatMap(([book, rows]) =>
    rows.map(({ recorded, computed, ...row }) => ({
      book: book as keyof typeof books,
      ...row,
      recordedUsd: toMoneyString(recorded),
      computedUsd: toMoneyString(computed),
    })),
  );
  const [counts] = await tx.$queryRaw<
    { windows: number; entries: number; receipts: number; settled: string }[]
  >`SELECT (SELECT count(*)::int FROM budget_windows WHERE tenant_id = ${tenantId}::uuid) AS windows,
      count(*)::int AS entries, coalesce(sum(cost_usd), 0)::text AS settled,
      (SELECT count(*)::int FROM request_log WHERE tenant_id = ${tenantId}::uuid) AS receipts
    FROM budget_entries WHERE tenant_id = ${tenantId}::uuid`;
  const { windows, entries, receipts, settled } = counts!;
  return { windows, entries, receipts, settledUsd: toMoneyString(settled), differences };
}

const windowFaults = (tx: Tx, tenantId: string) => tx.$queryRaw<Row[]>`
  SELECT w.role_id::text AS "roleId", r.name AS role, w.kind || ' from ' || to_char(w.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS subject,
    w.settled_usd::text AS recorded, e.cost::text AS computed
  FROM budget_windows w JOIN roles r ON r.id = w.role_id
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(cost_usd), 0) AS cost FROM budget_entries
    WHERE role_id = w.role_id AND admitted_at >= w.starts_at AND admitted_at < w.ends_at
  ) e
  WHERE w.tenant_id = ${tenantId}::uuid AND w.settled_usd <> e.cost ORDER BY w.starts_at DESC LIMIT ${MOST_DIFFERENCES}`;

const leaseFaults = (tx: Tx, tenantId: string) => tx.$queryRaw<Row[]>`
  SELECT w.role_id::text AS "roleId", r.name AS role, w.kind || ' from ' || to_char(w.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS subject,
    w.leased_usd::text AS recorded, l.held::text AS computed
  FROM budget_windows w JOIN roles r ON r.id = w.role_id
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(held_usd), 0) AS held FROM budget_leases
    WHERE role_id = w.role_id AND w.starts_at = CASE w.kind WHEN 'day' THEN day_starts_at WHEN 'week' THEN week_starts_at ELSE month_starts_at END
  ) l
  WHERE w.tenant_id = ${tenantId}::uuid AND w.leased_usd <> l.held ORDER BY w.starts_at DESC LIMIT ${MOST_DIFFERENCES}`;

const usageFaults = (tx: Tx, tenantId: string) => tx.$queryRaw<Row[]>`
  SELECT r.id::text AS "roleId", r.name AS role, '' AS subject, u.cost::text AS recorded, e.cost::text AS computed
  FROM roles r
  CROSS JOIN LATERAL (SELECT coalesce(sum(daily_cost_usd), 0) AS cost FROM role_budget_usage WHERE role_id = r.id) u
  CROSS JOIN LATERAL (SELECT coalesce(sum(cost_usd), 0) AS cost FROM budget_entries WHERE role_id = r.id) e
  WHERE r.tenant_id = ${tenantId}::uuid AND u.cost <> e.cost ORDER BY r.name LIMIT ${MOST_DIFFERENCES}`;

/** Receipts from before the ledger's first entry, and of roles that are gone, have none to agree with. */
const receiptFaults = (tx: Tx, tenantId: string, before: Date) => tx.$queryRaw<Row[]>`
  WITH booked AS (
    SELECT role_id, regexp_replace(id, '/[0-9]+$', '') AS request, sum(cost_usd) AS cost, min(admitted_at) AS at
    FROM budget_entries WHERE tenant_id = ${tenantId}::uuid GROUP BY 1, 2
  ), told AS (
    SELECT role_id, id AS request, cost_usd AS cost, at FROM request_log WHERE tenant_id = ${tenantId}::uuid AND cost_usd > 0
  ), since AS (
    SELECT greatest((SELECT min(at) FROM booked), (SELECT min(at) FROM told)) AS at
  )
  SELECT r.id::text AS "roleId", r.name AS role, request AS subject, coalesce(booked.cost, 0)::text AS recorded, coalesce(told.cost, 0)::text AS computed
  FROM booked FULL JOIN told USING (role_id, request) JOIN roles r ON r.id = role_id CROSS JOIN since
  WHERE coalesce(booked.cost, 0) <> coalesce(told.cost, 0)
    AND least(booked.at, told.at) >= since.at AND greatest(booked.at, told.at) < ${before}
  ORDER BY request DESC LIMIT ${MOST_DIFFERENCES}`;
