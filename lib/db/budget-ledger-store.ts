import 'server-only';
import { grantOf } from '@/lib/budget/ledger/grant';
import type {
  AccountKey,
  LeaseGrant,
  LeaseRequest,
  LedgerStore,
  SettleRequest,
  SettleResult,
  Totals,
} from '@/lib/budget/ledger/store';
import { toUnits, toUsd, type Units } from '@/lib/budget/ledger/units';
import { BUDGET_WINDOWS, type BudgetWindow } from '@/lib/budget/periods';
import { enqueueBudgetAlerts } from './budget-alerts';
import { addBudgetUsage } from './budget-usage-repository';
import { type Tx, withSystem, withTenant } from './client';
import { Prisma } from './generated/client';

type WindowRow = { kind: BudgetWindow; settled: string; leased: string; overdraft: string };
type Rows = Record<BudgetWindow, { settled: Units; leased: Units }>;

/**
 * Balances in PostgreSQL. Every transaction first locks the account's three window rows, day before week
 * before month, so that transactions of one role follow each other and none waits in a circle.
 */
export const databaseLedgerStore: LedgerStore = {
  totals: (account) =>
    withTenant(account.tenantId, async (tx) => {
      const totals = settledOf(await readWindows(tx, account));
      for (const window of BUDGET_WINDOWS)
        if (totals[window] === 0n) totals[window] = await admittedIn(tx, account, window);
      return totals;
    }),
  lease: (request) => withTenant(request.tenantId, (tx) => lease(tx, request)),
  settle: (request) => withTenant(request.tenantId, (tx) => settle(tx, request)),
  reclaim: (olderThanMs) =>
    withSystem(async (tx) => {
      const stale = await tx.$queryRaw<LeaseRow[]>`
        SELECT role_id::text AS "roleId", replica_id::text AS "replicaId", day_starts_at AS day, week_starts_at AS week,
          month_starts_at AS month FROM budget_leases
        WHERE renewed_at < clock_timestamp() - make_interval(secs => ${olderThanMs / 1000}) ORDER BY role_id, day_starts_at`;
      for (const each of stale) await dropLease(tx, each, olderThanMs);
    }),
  releaseReplica: (replicaId) =>
    withSystem(async (tx) => {
      const own = await tx.$queryRaw<LeaseRow[]>`
        SELECT role_id::text AS "roleId", replica_id::text AS "replicaId", day_starts_at AS day, week_starts_at AS week,
          month_starts_at AS month FROM budget_leases WHERE replica_id = ${replicaId}::uuid ORDER BY role_id, day_starts_at`;
      for (const each of own) await dropLease(tx, each, 0);
    }),
};

type LeaseRow = { roleId: string; replicaId: string; day: Date; week: Date; month: Date };

async function lease(tx: Tx, request: LeaseRequest): Promise<LeaseGrant> {
  if (!(await roleExists(tx, request))) {
    return { granted: 0n, available: 0n, tightest: null, settled: NOTHING };
  }
  await openWindows(tx, request);
  if (request.giveBack > 0n) await shrinkLease(tx, request, request.giveBack);
  const rows = await applyCaps(tx, request);
  const grant = grantOf(
    request.caps,
    request,
    (window) => rows[window].settled + rows[window].leased,
  );
  if (grant.granted > 0n) {
    const granted = toUsd(grant.granted);
    await addLeased(tx, request, granted);
    await tx.$executeRaw`
      INSERT INTO budget_leases (tenant_id, role_id, replica_id, day_starts_at, week_starts_at, month_starts_at, held_usd, renewed_at)
      VALUES (${request.tenantId}::uuid, ${request.roleId}::uuid, ${request.replicaId}::uuid, ${startOf(request, 'day')},
        ${startOf(request, 'week')}, ${startOf(request, 'month')}, ${granted}::numeric, clock_timestamp())
      ON CONFLICT (role_id, replica_id, day_starts_at)
      DO UPDATE SET held_usd = budget_leases.held_usd + excluded.held_usd, renewed_at = excluded.renewed_at`;
  }
  return { ...grant, settled: settledOf(rows) };
}

async function settle(tx: Tx, request: SettleRequest): Promise<SettleResult> {
  // The balances of a deleted role went with it; what its last requests cost stands on their receipts.
  if (!(await roleExists(tx, request))) return { settled: NOTHING, held: 0n };
  await openWindows(tx, request);
  const { cost, count, requests, tokens } = await addEntries(tx, request);
  const covered = await shrinkLease(tx, request, cost);
  if (cost > 0n) await addSettled(tx, request, cost, cost - covered);
  await shrinkLease(tx, request, request.giveBack);
  const rows = await applyCaps(tx, request);
  if (count > 0) {
    await addBudgetUsage(tx, request.tenantId, {
      roleId: request.roleId,
      date: request.periods.date,
      costUsd: toUsd(cost),
      requests,
      tokens,
    });
  }
  if (count > 0 || request.recheck || request.usedUp?.length)
    await enqueueBudgetAlerts(tx, request, settledOf(rows));
  const held = await renewLease(tx, request);
  return { settled: settledOf(rows), held };
}

const NOTHING: Totals = { day: 0n, week: 0n, month: 0n };

async function roleExists(tx: Tx, { tenantId, roleId }: AccountKey): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM roles WHERE id = ${roleId}::uuid AND tenant_id = ${tenantId}::uuid FOR KEY SHARE`;
  return rows.length > 0;
}

/** The account's three rows, to be used where a statement names `budget_windows`. */
function ofAccount(account: AccountKey): Prisma.Sql {
  return Prisma.sql`role_id = ${account.roleId}::uuid AND (kind, starts_at) IN (('day', ${startOf(account, 'day')}::timestamptz),
    ('week', ${startOf(account, 'week')}::timestamptz), ('month', ${startOf(account, 'month')}::timestamptz))`;
}

/**
 * Makes sure the rows are there, and locks them until the transaction ends. One that is new begins with
 * what falls into it already: after a change of the time zone that is not nothing.
 */
async function openWindows(tx: Tx, account: AccountKey): Promise<void> {
  const values = BUDGET_WINDOWS.map(
    (window) =>
      Prisma.sql`(${account.tenantId}::uuid, ${account.roleId}::uuid, ${window}, ${startOf(account, window)}, ${endOf(account, window)})`,
  );
  const rows = await tx.$queryRaw<{ kind: BudgetWindow; fresh: boolean }[]>`
    INSERT INTO budget_windows (tenant_id, role_id, kind, starts_at, ends_at) VALUES ${Prisma.join(values)}
    ON CONFLICT (role_id, kind, starts_at) DO UPDATE SET ends_at = excluded.ends_at
    RETURNING kind, xmax = 0 AS fresh`;
  for (const { kind, fresh } of rows) {
    if (!fresh) continue;
    const before = await admittedIn(tx, account, kind);
    if (before === 0n) continue;
    await tx.$executeRaw`
      UPDATE budget_windows SET settled_usd = ${toUsd(before)}::numeric
      WHERE role_id = ${account.roleId}::uuid AND kind = ${kind} AND starts_at = ${startOf(account, kind)}`;
  }
}

/** The cost of all entries admitted in a window, whatever calendar they were admitted under. */
async function admittedIn(tx: Tx, account: AccountKey, window: BudgetWindow): Promise<Units> {
  const from = startOf(account, window);
  const [sum] = await tx.$queryRaw<{ cost: string }[]>`
    SELECT coalesce(sum(cost_usd), 0)::text AS cost FROM budget_entries WHERE role_id = ${account.roleId}::uuid
      AND day_starts_at > ${from}::timestamptz - interval '2 days' AND admitted_at >= ${from} AND admitted_at < ${endOf(account, window)}`;
  return toUnits(sum!.cost);
}

/** Writes the caps down. One that is lower than what is committed already follows it down instead of breaking the constraint. */
async function applyCaps(tx: Tx, request: LeaseRequest | SettleRequest): Promise<Rows> {
  const usd = (window: BudgetWindow) => {
    const cap = request.caps[window];
    return cap === null ? null : toUsd(cap);
  };
  await tx.$executeRaw`
    UPDATE budget_windows w SET cap_usd = CASE WHEN c.usd IS NULL THEN NULL
      ELSE greatest(c.usd, CASE WHEN leased_usd > 0 THEN settled_usd - overdraft_usd + leased_usd ELSE 0 END) END
    FROM (VALUES ('day', ${usd('day')}::numeric), ('week', ${usd('week')}::numeric), ('month', ${usd('month')}::numeric)) AS c (window_kind, usd)
    WHERE c.window_kind = w.kind AND ${ofAccount(request)}`;
  return readWindows(tx, request);
}

async function readWindows(tx: Tx, account: AccountKey): Promise<Rows> {
  const found = await tx.$queryRaw<WindowRow[]>`
    SELECT kind, settled_usd::text AS settled, leased_usd::text AS leased, overdraft_usd::text AS overdraft
    FROM budget_windows WHERE ${ofAccount(account)}`;
  const row = (window: BudgetWindow) => {
    const own = found.find((each) => each.kind === window);
    return { settled: toUnits(own?.settled ?? 0), leased: toUnits(own?.leased ?? 0) };
  };
  return { day: row('day'), week: row('week'), month: row('month') };
}

async function addEntries(
  tx: Tx,
  request: SettleRequest,
): Promise<{ cost: Units; count: number; requests: number; tokens: number }> {
  if (request.entries.length === 0) return { cost: 0n, count: 0, requests: 0, tokens: 0 };
  const { entries } = request;
  const [sum] = await tx.$queryRaw<
    { cost: string; count: number; requests: number; tokens: string }[]
  >`
    WITH fresh AS (
      INSERT INTO budget_entries (id, tenant_id, role_id, admitted_at, day_starts_at, week_starts_at, month_starts_at, cost_usd, tokens)
      SELECT e.id, ${request.tenantId}::uuid, ${request.roleId}::uuid, to_timestamp(e.at / 1000), ${startOf(request, 'day')},
        ${startOf(request, 'week')}, ${startOf(request, 'month')}, e.cost, e.tokens
      FROM unnest(${entries.map((each) => each.id)}::text[], ${entries.map((each) => each.at)}::float8[],
        ${entries.map((each) => toUsd(each.cost))}::numeric[], ${entries.map((each) => each.tokens)}::bigint[]) AS e (id, at, cost, tokens)
      ON CONFLICT (id) DO NOTHING RETURNING id, admitted_at, cost_usd, tokens
    ), other AS (
      SELECT w.kind, w.starts_at, sum(f.cost_usd) AS cost FROM fresh f JOIN budget_windows w
        ON f.admitted_at >= w.starts_at AND f.admitted_at < w.ends_at
      WHERE w.role_id = ${request.roleId}::uuid AND (w.kind, w.starts_at) NOT IN (('day', ${startOf(request, 'day')}::timestamptz),
        ('week', ${startOf(request, 'week')}::timestamptz), ('month', ${startOf(request, 'month')}::timestamptz)) GROUP BY 1, 2
    ), charged AS (
      -- After a change of the time zone: what was admitted under the former calendar falls into the present windows too.
      UPDATE budget_windows w SET settled_usd = settled_usd + other.cost, overdraft_usd = overdraft_usd + other.cost FROM other
      WHERE w.role_id = ${request.roleId}::uuid AND w.kind = other.kind AND w.starts_at = other.starts_at
    ) SELECT coalesce(sum(cost_usd), 0)::text AS cost, count(*)::int AS count,
      count(*) FILTER (WHERE id LIKE '%/1')::int AS requests, coalesce(sum(tokens), 0)::text AS tokens FROM fresh`;
  const { cost, count, requests, tokens } = sum!;
  return { cost: toUnits(cost), count, requests, tokens: Number(tokens) };
}

async function addSettled(
  tx: Tx,
  account: AccountKey,
  cost: Units,
  uncovered: Units,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE budget_windows SET settled_usd = settled_usd + ${toUsd(cost)}::numeric,
      overdraft_usd = overdraft_usd + ${toUsd(uncovered)}::numeric WHERE ${ofAccount(account)}`;
}

async function addLeased(tx: Tx, account: AccountKey, usd: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE budget_windows SET leased_usd = leased_usd + ${usd}::numeric WHERE ${ofAccount(account)}`;
}

/** Takes from the replica's lease what it holds of `by`. @returns how much that was */
async function shrinkLease(
  tx: Tx,
  request: LeaseRequest | SettleRequest,
  by: Units,
): Promise<Units> {
  if (by <= 0n) return 0n;
  const [own] = await tx.$queryRaw<{ held: string }[]>`
    SELECT held_usd::text AS held FROM budget_leases WHERE role_id = ${request.roleId}::uuid
      AND replica_id = ${request.replicaId}::uuid AND day_starts_at = ${startOf(request, 'day')} FOR UPDATE`;
  const held = toUnits(own?.held ?? 0);
  const amount = held < by ? held : by;
  if (amount === 0n) return 0n;
  await tx.$executeRaw`
    UPDATE budget_leases SET held_usd = held_usd - ${toUsd(amount)}::numeric WHERE role_id = ${request.roleId}::uuid
      AND replica_id = ${request.replicaId}::uuid AND day_starts_at = ${startOf(request, 'day')}`;
  await addLeased(tx, request, toUsd(-amount));
  return amount;
}

async function renewLease(tx: Tx, request: SettleRequest): Promise<Units> {
  const [own] = await tx.$queryRaw<{ held: string }[]>`
    UPDATE budget_leases SET renewed_at = clock_timestamp() WHERE role_id = ${request.roleId}::uuid
      AND replica_id = ${request.replicaId}::uuid AND day_starts_at = ${startOf(request, 'day')} RETURNING held_usd::text AS held`;
  return toUnits(own?.held ?? 0);
}

/** Gives a lease back whole, unless its replica has renewed it meanwhile. */
async function dropLease(tx: Tx, lease: LeaseRow, olderThanMs: number): Promise<void> {
  const starts: Record<BudgetWindow, Date> = {
    day: lease.day,
    week: lease.week,
    month: lease.month,
  };
  for (const window of BUDGET_WINDOWS) {
    await tx.$queryRaw`
      SELECT 1 FROM budget_windows WHERE role_id = ${lease.roleId}::uuid AND kind = ${window} AND starts_at = ${starts[window]} FOR UPDATE`;
  }
  const [gone] = await tx.$queryRaw<{ held: string }[]>`
    DELETE FROM budget_leases WHERE role_id = ${lease.roleId}::uuid AND replica_id = ${lease.replicaId}::uuid
      AND day_starts_at = ${lease.day} AND renewed_at <= clock_timestamp() - make_interval(secs => ${olderThanMs / 1000})
    RETURNING held_usd::text AS held`;
  if (!gone) return;
  for (const window of BUDGET_WINDOWS) {
    await tx.$executeRaw`
      UPDATE budget_windows SET leased_usd = leased_usd - ${gone.held}::numeric
      WHERE role_id = ${lease.roleId}::uuid AND kind = ${window} AND starts_at = ${starts[window]}`;
  }
}

function settledOf(rows: Rows): Totals {
  return { day: rows.day.settled, week: rows.week.settled, month: rows.month.settled };
}

function startOf(account: AccountKey, window: BudgetWindow): Date {
  return new Date(account.periods[window].startsAt);
}

function endOf(account: AccountKey, window: BudgetWindow): Date {
  return new Date(account.periods[window].endsAt);
}
