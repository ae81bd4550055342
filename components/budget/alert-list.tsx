'use client';

import { Badge } from '@/components/ui/badge';
import { cn } from '@/components/ui/cn';
import { Time } from '@/components/ui/time';
import type { AlertEntry } from '@/lib/client/budgets';
import { CHANNEL_NAMES } from './channels';
import { formatUsd } from './format-usd';

const STATES = {
  pending: { variant: 'warning', label: 'Pending' },
  delivered: { variant: 'success', label: 'Delivered' },
  failed: { variant: 'destructive', label: 'Failed' },
  undeliverable: { variant: 'destructive', label: 'Undeliverable' },
} as const;
const LEVELS: Record<string, string> = {
  warning: 'Warning',
  critical: 'Critical',
  exceeded: 'Budget exceeded',
};
const WINDOWS: Record<string, string> = { day: 'daily', week: 'weekly', month: 'monthly' };

/** Alerts with what became of each: its state, and the last error of one that has not arrived. */
export function AlertList({
  alerts,
  className,
}: {
  alerts: readonly AlertEntry[];
  className?: string;
}) {
  return (
    <ul className="divide-y divide-border">
      {alerts.map((alert) => (
        <AlertRow key={alert.id} alert={alert} className={className} />
      ))}
    </ul>
  );
}

function AlertRow({ alert, className }: { alert: AlertEntry; className?: string }) {
  const { payload, status, lastError } = alert;
  const state = STATES[status];
  return (
    <li
      className={cn('flex flex-wrap items-start justify-between gap-x-4 gap-y-1 py-3', className)}
    >
      <div className="flex min-w-0 flex-col gap-0.5">
        <span className="text-sm">
          <span className="font-medium">{LEVELS[payload.level ?? ''] ?? alert.kind}</span>
          {payload.role && ` · ${payload.role}`}
          {payload.spentUsd && payload.limitUsd && (
            <span className="text-muted-foreground tabular-nums">
              {` · ${formatUsd(payload.spentUsd)} of ${formatUsd(payload.limitUsd)}`}
              {payload.window && ` ${WINDOWS[payload.window] ?? payload.window}`}
            </span>
          )}
        </span>
        <span className="text-xs break-words text-muted-foreground">
          {CHANNEL_NAMES[alert.channel]} {alert.target} ·{' '}
          <Time at={alert.sentAt ?? alert.createdAt} />
          {alert.attempts > 1 && ` · ${alert.attempts} tries`}
          {lastError && status !== 'delivered' && (
            <span className="text-destructive"> · {lastError}</span>
          )}
        </span>
      </div>
      <Badge variant={state.variant}>{state.label}</Badge>
    </li>
  );
}
