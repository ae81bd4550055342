import { createHash } from 'node:crypto';
import type { AlertPayload } from '@/lib/alerts/alert-payload';
import type { BudgetPolicy } from '@/lib/policy/budget/schema';
import { BUDGET_WINDOWS } from '../periods';
import { type BudgetLevel, crossed, levelOf, limitsOf } from './limits';
import type { SettleRequest, Totals } from './store';
import { toUsd } from './units';

type Level = Exclude<BudgetLevel, 'none'>;
export type AlertTarget = { channel: 'webhook' | 'slack' | 'email'; target: string };

/** An alert to be queued; one whose key is known already has been. */
export type PlannedAlert = AlertTarget & {
  kind: string;
  payload: Omit<AlertPayload, 'tenant' | 'role'>;
  /** Names window, level, limit and channel: each is told once, and again after a reset or under another limit. */
  dedupeKey: string;
};

const KIND: Record<Level, string> = {
  warning: 'budget_alert',
  critical: 'budget_critical',
  exceeded: 'budget_exceeded',
};

/** An alert for each channel, window and level that spend has crossed. */
export function planAlerts(request: SettleRequest, settled: Totals): PlannedAlert[] {
  const { policy, periods, usedUp = [] } = request;
  const limits = limitsOf(policy);
  return BUDGET_WINDOWS.flatMap((window) => {
    const limit = limits[window];
    if (limit === null) return [];
    const level = usedUp.includes(window) ? 'exceeded' : levelOf(window, settled[window], policy);
    return crossed(level).flatMap((each) =>
      alertsAbout(request, {
        level: each,
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

function alertsAbout(
  { policy, roleId }: SettleRequest,
  payload: PlannedAlert['payload'] & { level: Level },
): PlannedAlert[] {
  const { window, startsAt, level, limitUsd } = payload;
  return alertTargetsOf(policy).map(({ channel, target }) => ({
    kind: KIND[level],
    channel,
    target,
    payload,
    dedupeKey: [roleId, window, startsAt, level, limitUsd, channel, fingerprint(target)].join(' '),
  }));
}

/** Where a role's alerts go. */
export function alertTargetsOf(
  policy: Pick<BudgetPolicy, 'alertWebhook' | 'alertSlack' | 'alertEmails'>,
): AlertTarget[] {
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
