import 'server-only';
import { createHash } from 'node:crypto';
import { type BudgetLevel, crossed, levelOf, limitsOf } from '@/lib/budget/ledger/limits';
import type { AlertPayload } from '@/lib/alerts/alert-payload';
import type { SettleRequest, Totals } from '@/lib/budget/ledger/store';
import { toUsd } from '@/lib/budget/ledger/units';
import { BUDGET_WINDOWS } from '@/lib/budget/periods';
import type { BudgetPolicy } from '@/lib/policy/budget/schema';
import { type AlertChannel, type AlertInput, enqueueAlerts } from './alerts-repository';
import type { Tx } from './client';

const KIND: Record<Exclude<BudgetLevel, 'none'>, string> = {
  warning: 'budget_alert',
  critical: 'budget_critical',
  exceeded: 'budget_exceeded',
};

/**
 * Queues an alert for each level that a window has crossed, in the transaction that made it cross. The
 * key names window, level and limit: each is told once, and again after a reset or under another limit.
 */
export async function enqueueBudgetAlerts(
  tx: Tx,
  request: SettleRequest,
  settled: Totals,
): Promise<void> {
  const alerts = alertsOf(request, settled);
  if (alerts.length === 0) return;
  const { tenant, name: role } = await tx.role.findUniqueOrThrow({
    where: { id: request.roleId },
    select: { name: true, tenant: { select: { name: true } } },
  });
  const named = alerts.map((alert) => ({
    ...alert,
    payload: { ...alert.payload, tenant: tenant.name, role },
  }));
  await enqueueAlerts(tx, request.tenantId, named);
}

function alertsOf(request: SettleRequest, settled: Totals): AlertInput[] {
  const { policy, periods, usedUp = [] } = request;
  const limits = limitsOf(policy);
  return BUDGET_WINDOWS.flatMap((window) => {
    const limit = limits[window];
    if (limit === null) return [];
    const level = usedUp.includes(window) ? 'exceeded' : levelOf(settled[window], limit, policy);
    return crossed(level).flatMap((each) =>
      alertsAbout(request, each, {
        window,
        startsAt: new Date(periods[window].startsAt).toISOString(),
        resetsAt: new Date(periods[window].endsAt).toISOString(),
        spentUsd: toUsd(settled[window]),
        limitUsd: toUsd(limit),
        onExceeded: policy.onExceeded,
      }),
    );
  });
}

type Facts = Omit<AlertPayload, 'level' | 'tenant' | 'role'>;

function alertsAbout(
  { policy, roleId }: SettleRequest,
  level: Exclude<BudgetLevel, 'none'>,
  facts: Facts,
): AlertInput[] {
  const { window, startsAt, limitUsd } = facts;
  return channelsOf(policy).map(({ channel, target }) => ({
    roleId,
    kind: KIND[level],
    channel,
    target,
    payload: { level, ...facts },
    dedupeKey: [roleId, window, startsAt, level, limitUsd, channel, fingerprint(target)].join(' '),
  }));
}

/** Where a role's alerts go. */
export function channelsOf(
  policy: Pick<BudgetPolicy, 'alertWebhook' | 'alertSlack' | 'alertEmails'>,
): { channel: AlertChannel; target: string }[] {
  return [
    ...(policy.alertWebhook === ''
      ? []
      : [{ channel: 'webhook' as const, target: policy.alertWebhook }]),
    ...(policy.alertSlack === '' ? [] : [{ channel: 'slack' as const, target: policy.alertSlack }]),
    ...policy.alertEmails.map((target) => ({ channel: 'email' as const, target })),
  ];
}

/** Tells targets apart without keeping what may be a secret in the clear. */
function fingerprint(target: string): string {
  return createHash('sha256').update(target).digest('base64url').slice(0, 22);
}
