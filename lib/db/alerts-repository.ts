import 'server-only';
import { randomUUID } from 'node:crypto';
import { seal, unseal } from '@/lib/secrets/seal';
import type { Tx } from './client';
import type { Alert, Prisma } from './generated/client';
import { cleanText, toJson } from './json';
import { limitOf, newestFirst, olderThan, pageOf, type Page, type PageRequest } from './paging';

export type AlertChannel = 'email' | 'webhook' | 'slack';
export type AlertStatus = 'pending' | 'sent' | 'failed' | 'undeliverable';

export type AlertInput = {
  roleId: string | null;
  /** `budget_alert`, `budget_critical`, `budget_exceeded`. */
  kind: string;
  channel: AlertChannel;
  /** E-mail address or URL: kept sealed. */
  target: string;
  payload: Record<string, unknown>;
  /** A second alert of the same key is not sent: one per role, window, threshold and channel. */
  dedupeKey?: string;
};

export type AlertView = {
  id: string;
  roleId: string | null;
  kind: string;
  channel: AlertChannel;
  /** E-mail address, or a URL's host. */
  target: string;
  status: AlertStatus;
  attempts: number;
  lastError: string | null;
  payload: Prisma.JsonValue;
  createdAt: string;
  sentAt: string | null;
};

/** An alert to deliver, target in the clear. */
export type DueAlert = {
  id: string;
  tenantId: string;
  kind: string;
  channel: AlertChannel;
  target: string;
  payload: Prisma.JsonValue;
  attempts: number;
};

/** Queues alerts in the transaction of what caused them. @returns how many are new, i.e. no repeats */
export async function enqueueAlerts(
  tx: Tx,
  tenantId: string,
  alerts: AlertInput[],
): Promise<number> {
  const { count } = await tx.alert.createMany({
    data: alerts.map((alert) => {
      const id = randomUUID();
      return {
        id,
        tenantId,
        roleId: alert.roleId,
        kind: alert.kind,
        channel: alert.channel,
        targetSealed: seal(alert.target, contextOf(tenantId, id)),
        targetHint: hintOf(alert),
        payload: toJson(alert.payload),
        dedupeKey: alert.dedupeKey ?? null,
      };
    }),
    skipDuplicates: true,
  });
  return count;
}

/**
 * Takes alerts that are due, each for one worker: until `leaseMs` has passed no other gets it, then it is due again.
 * System scope.
 */
export async function claimDueAlerts(
  tx: Tx,
  limit: number,
  leaseMs: number,
  now: Date = new Date(),
): Promise<DueAlert[]> {
  const until = new Date(now.getTime() + leaseMs);
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE alert_outbox SET attempts = attempts + 1, next_attempt_at = ${until}
    WHERE id IN (
      SELECT id FROM alert_outbox WHERE status = 'pending' AND next_attempt_at <= ${now}
      ORDER BY next_attempt_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ) RETURNING id::text`;
  const due = await tx.alert.findMany({ where: { id: { in: rows.map((row) => row.id) } } });
  return due.map((row) => ({
    id: row.id,
    tenantId: row.tenantId,
    kind: row.kind,
    channel: row.channel as AlertChannel,
    target: unseal(row.targetSealed, contextOf(row.tenantId, row.id)),
    payload: row.payload,
    attempts: row.attempts,
  }));
}

export type AlertOutcome =
  | { status: 'sent' }
  | { status: 'failed' | 'undeliverable'; error: string }
  | { status: 'retry'; error: string; at: Date };

/** Writes down how a delivery went. System scope. */
export async function settleAlert(tx: Tx, id: string, outcome: AlertOutcome): Promise<void> {
  const lastError = outcome.status === 'sent' ? null : cleanText(outcome.error).slice(0, 500);
  const data =
    outcome.status === 'retry'
      ? { lastError, nextAttemptAt: outcome.at }
      : {
          lastError,
          status: outcome.status,
          sentAt: outcome.status === 'sent' ? new Date() : null,
        };
  await tx.alert.update({ where: { id }, data });
}

/** A tenant's alerts, newest first. */
export async function listAlerts(
  tx: Tx,
  tenantId: string,
  filter: PageRequest & { status?: AlertStatus; roleId?: string } = {},
): Promise<Page<AlertView>> {
  const limit = limitOf(filter);
  const rows = await tx.alert.findMany({
    where: { tenantId, status: filter.status, roleId: filter.roleId, ...olderThan(filter) },
    orderBy: newestFirst,
    take: limit + 1,
  });
  return pageOf(rows, limit, viewOf, (row) => ({ key: row.createdAt, id: row.id }));
}

const contextOf = (tenantId: string, id: string): string => `${tenantId}/alert/${id}`;

/** A webhook's path is its secret; its host is not. */
function hintOf({ channel, target }: AlertInput): string {
  if (channel === 'email') return target;
  return URL.canParse(target) ? new URL(target).host : '';
}

function viewOf(row: Alert): AlertView {
  return {
    id: row.id,
    roleId: row.roleId,
    kind: row.kind,
    channel: row.channel as AlertChannel,
    target: row.targetHint,
    status: row.status as AlertStatus,
    attempts: row.attempts,
    lastError: row.lastError,
    payload: row.payload,
    createdAt: row.createdAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
  };
}
