import 'server-only';
import { grantOf } from '@/lib/budget/ledger/grant';
import type { LeaseGrant, LeaseRequest } from '@/lib/budget/ledger/store';
import { toUsd, type Units } from '@/lib/budget/ledger/units';
import {
  capRows,
  lockRoleBudget,
  ofAccount,
  openWindows,
  rowsOf,
  settledOf,
  startOf,
  type WindowRow,
  type WindowRows,
} from './budget-windows';
import type { Tx } from './client';
import { Prisma } from './generated/client';

/** Takes back what is given back and lends what may be lent. Nothing for a role that is gone. */
export async function grantLease(tx: Tx, request: LeaseRequest): Promise<LeaseGrant> {
  const opened = await openWindows(tx, request);
  if (!opened) return { granted: 0n, available: 0n, tightest: null, settled: NOTHING };
  const rows = request.giveBack > 0n ? await takeBack(tx, request, opened) : opened;
  const committed = (window: keyof WindowRows): Units => rows[window].settled + rows[window].leased;
  const grant = grantOf(request.caps, request, committed);
  await lend(tx, request, grant.granted);
  return { ...grant, settled: settledOf(rows) };
}

const NOTHING = { day: 0n, week: 0n, month: 0n };

async function takeBack(tx: Tx, request: LeaseRequest, opened: WindowRows): Promise<WindowRows> {
  const found = await tx.$queryRaw<WindowRow[]>`
    WITH taken AS (
      SELECT least(held_usd, ${toUsd(request.giveBack)}::numeric) AS usd FROM budget_leases l WHERE ${ofReplica(request)}
    ), lease AS (
      UPDATE budget_leases l SET held_usd = held_usd - taken.usd FROM taken WHERE ${ofReplica(request)}
    )
    UPDATE budget_windows w SET leased_usd = leased_usd - taken.usd FROM taken WHERE ${ofAccount(request)}
    RETURNING kind, settled_usd::text AS settled, leased_usd::text AS leased`;
  return found.length === 0 ? opened : rowsOf(found);
}

/** The caps come first, so that the constraint holds what is lent against those of now. */
async function lend(tx: Tx, request: LeaseRequest, granted: Units): Promise<void> {
  const usd = toUsd(granted);
  await tx.$executeRaw`
    WITH lent AS (
      UPDATE budget_windows w SET leased_usd = leased_usd + ${usd}::numeric,
        cap_usd = CASE WHEN c.usd IS NOT NULL THEN greatest(c.usd,
          CASE WHEN leased_usd > 0 THEN settled_usd - overdraft_usd + leased_usd ELSE 0 END) END
      FROM (VALUES ${capRows(request.caps)}) AS c (of_kind, usd) WHERE c.of_kind = w.kind AND ${ofAccount(request)}
    )
    INSERT INTO budget_leases (tenant_id, role_id, replica_id, day_starts_at, week_starts_at, month_starts_at, held_usd, renewed_at)
    SELECT ${request.tenantId}::uuid, ${request.roleId}::uuid, ${request.replicaId}::uuid, ${startOf(request, 'day')}::timestamptz,
      ${startOf(request, 'week')}::timestamptz, ${startOf(request, 'month')}::timestamptz, ${usd}::numeric, clock_timestamp()
    WHERE ${usd}::numeric > 0
    ON CONFLICT (role_id, replica_id, day_starts_at)
    DO UPDATE SET held_usd = budget_leases.held_usd + excluded.held_usd, renewed_at = excluded.renewed_at`;
}

/** The replica's lease of the account's day, where a statement calls `budget_leases` l. */
function ofReplica(request: LeaseRequest): Prisma.Sql {
  return Prisma.sql`l.role_id = ${request.roleId}::uuid AND l.replica_id = ${request.replicaId}::uuid
    AND l.day_starts_at = ${startOf(request, 'day')}`;
}

type Held = { roleId: string; replicaId: string; day: Date };

/** Gives back what replicas held that have not renewed for so long. System scope. */
export async function reclaimLeases(tx: Tx, olderThanMs: number): Promise<void> {
  const stale = await tx.$queryRaw<Held[]>`
    SELECT role_id::text AS "roleId", replica_id::text AS "replicaId", day_starts_at AS day FROM budget_leases
    WHERE renewed_at < clock_timestamp() - make_interval(secs => ${olderThanMs / 1000}) ORDER BY role_id, day_starts_at`;
  for (const each of stale) await dropLease(tx, each, olderThanMs);
}

/** Gives back all that one replica held. System scope. */
export async function releaseLeases(tx: Tx, replicaId: string): Promise<void> {
  const own = await tx.$queryRaw<Held[]>`
    SELECT role_id::text AS "roleId", replica_id::text AS "replicaId", day_starts_at AS day FROM budget_leases
    WHERE replica_id = ${replicaId}::uuid ORDER BY role_id, day_starts_at`;
  for (const each of own) await dropLease(tx, each, 0);
}

/** Gives a lease back whole, unless its replica has renewed it meanwhile. */
async function dropLease(tx: Tx, { roleId, replicaId, day }: Held, olderThanMs: number) {
  await lockRoleBudget(tx, roleId);
  await tx.$executeRaw`
    WITH gone AS (
      DELETE FROM budget_leases WHERE role_id = ${roleId}::uuid AND replica_id = ${replicaId}::uuid AND day_starts_at = ${day}
        AND renewed_at <= clock_timestamp() - make_interval(secs => ${olderThanMs / 1000})
      RETURNING held_usd, day_starts_at, week_starts_at, month_starts_at
    )
    UPDATE budget_windows w SET leased_usd = leased_usd - gone.held_usd FROM gone
    WHERE w.role_id = ${roleId}::uuid AND (w.kind, w.starts_at) IN (('day', gone.day_starts_at),
      ('week', gone.week_starts_at), ('month', gone.month_starts_at))`;
}
