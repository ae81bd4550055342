import 'server-only';
import type { AccountKey, Caps, Totals } from '@/lib/budget/ledger/store';
import { toUnits, toUsd, type Units } from '@/lib/budget/ledger/units';
import { BUDGET_WINDOWS, type BudgetWindow } from '@/lib/budget/periods';
import type { Tx } from './client';
import { Prisma } from './generated/client';

/** What an account's three windows hold. */
export type WindowRows = Record<BudgetWindow, { settled: Units; leased: Units }>;
export type WindowRow = { kind: BudgetWindow; settled: string; leased: string };

/**
 * Makes the ledger's transactions of one role follow each other, whatever calendar their windows are of,
 * until the transaction ends.
 */
export async function lockRoleBudget(tx: Tx, roleId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`budget ${roleId}`}, 0))`;
}

/**
 * Makes sure the account's three rows are there. One that is new begins with what falls into it already:
 * after a change of the time zone that is not nothing. Null when the role is gone.
 */
export async function openWindows(tx: Tx, account: AccountKey): Promise<WindowRows | null> {
  await lockRoleBudget(tx, account.roleId);
  const windows = BUDGET_WINDOWS.map(
    (window) =>
      Prisma.sql`(${window}, ${startOf(account, window)}::timestamptz, ${endOf(account, window)}::timestamptz)`,
  );
  const rows = await tx.$queryRaw<(WindowRow & { fresh: boolean })[]>`
    WITH role AS (
      SELECT tenant_id, id FROM roles WHERE id = ${account.roleId}::uuid AND tenant_id = ${account.tenantId}::uuid FOR KEY SHARE
    )
    INSERT INTO budget_windows (tenant_id, role_id, kind, starts_at, ends_at)
    SELECT role.tenant_id, role.id, w.kind, w.starts_at, w.ends_at
    FROM role CROSS JOIN (VALUES ${Prisma.join(windows)}) AS w (kind, starts_at, ends_at)
    ON CONFLICT (role_id, kind, starts_at) DO UPDATE SET ends_at = excluded.ends_at
    RETURNING kind, settled_usd::text AS settled, leased_usd::text AS leased, xmax = 0 AS fresh`;
  if (rows.length === 0) return null;
  const opened = rowsOf(rows);
  for (const { kind } of rows.filter(({ fresh }) => fresh)) {
    const before = await admittedIn(tx, account, kind);
    if (before === 0n) continue;
    await tx.$executeRaw`
      UPDATE budget_windows SET settled_usd = ${toUsd(before)}::numeric
      WHERE role_id = ${account.roleId}::uuid AND kind = ${kind} AND starts_at = ${startOf(account, kind)}`;
    opened[kind].settled = before;
  }
  return opened;
}

/** What is settled in each window; one that nobody spent in begins with what other calendars put into it. */
export async function readTotals(tx: Tx, account: AccountKey): Promise<Totals> {
  const rows = await tx.$queryRaw<WindowRow[]>`
    SELECT kind, settled_usd::text AS settled, leased_usd::text AS leased FROM budget_windows w WHERE ${ofAccount(account)}`;
  const totals = settledOf(rowsOf(rows));
  for (const window of BUDGET_WINDOWS)
    if (totals[window] === 0n) totals[window] = await admittedIn(tx, account, window);
  return totals;
}

/** The cost of all entries admitted in a window, whatever calendar they were admitted under. */
async function admittedIn(tx: Tx, account: AccountKey, window: BudgetWindow): Promise<Units> {
  const from = startOf(account, window);
  const [sum] = await tx.$queryRaw<{ cost: string }[]>`
    SELECT coalesce(sum(cost_usd), 0)::text AS cost FROM budget_entries WHERE role_id = ${account.roleId}::uuid
      AND day_starts_at > ${from}::timestamptz - interval '2 days' AND admitted_at >= ${from} AND admitted_at < ${endOf(account, window)}`;
  return toUnits(sum!.cost);
}

/** The account's three rows, for the WHERE of a statement that calls `budget_windows` w. */
export function ofAccount(account: AccountKey): Prisma.Sql {
  return Prisma.sql`w.role_id = ${account.roleId}::uuid AND (w.kind, w.starts_at) IN (${startsOf(account)})`;
}

/** Kind and start of the account's windows, as rows. */
export function startsOf(account: AccountKey): Prisma.Sql {
  return Prisma.join(
    BUDGET_WINDOWS.map(
      (window) => Prisma.sql`(${window}, ${startOf(account, window)}::timestamptz)`,
    ),
  );
}

/** Kind and cap of the windows, as rows for VALUES; an unlimited one is NULL. */
export function capRows(caps: Caps): Prisma.Sql {
  return Prisma.join(
    BUDGET_WINDOWS.map((window) => {
      const cap = caps[window];
      return Prisma.sql`(${window}, ${cap === null ? null : toUsd(cap)}::numeric)`;
    }),
  );
}

/** The windows' rows by name; a window without a row has spent nothing. */
export function rowsOf(found: readonly WindowRow[]): WindowRows {
  const row = (window: BudgetWindow) => {
    const own = found.find(({ kind }) => kind === window);
    return { settled: toUnits(own?.settled ?? '0'), leased: toUnits(own?.leased ?? '0') };
  };
  return { day: row('day'), week: row('week'), month: row('month') };
}

export function settledOf({ day, week, month }: WindowRows): Totals {
  return { day: day.settled, week: week.settled, month: month.settled };
}

export function startOf(account: AccountKey, window: BudgetWindow): Date {
  return new Date(account.periods[window].startsAt);
}

function endOf(account: AccountKey, window: BudgetWindow): Date {
  return new Date(account.periods[window].endsAt);
}
