'use client';

import { useQuery } from '@tanstack/react-query';
import { Eye } from 'lucide-react';
import { useTenant } from '@/components/shell/tenant-context';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card, CardHeader, CardTitle } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorState } from '@/components/ui/error-state';
import { Time } from '@/components/ui/time';
import { type AlertEntry, alertsQuery, useSigningSecret } from '@/lib/client/budgets';
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
const CHANNELS = { webhook: 'Webhook', slack: 'Slack', email: 'E-mail' } as const;
const WINDOWS: Record<string, string> = { day: 'daily', week: 'weekly', month: 'monthly' };

/** Alerts and what became of each, newest first. */
export function AlertsCard() {
  const { tenant, canManage } = useTenant();
  const alerts = useQuery(alertsQuery(tenant.id));
  return (
    <Card data-alerts>
      <CardHeader>
        <CardTitle>Alerts</CardTitle>
        {canManage && <SigningSecret tenantId={tenant.id} />}
      </CardHeader>
      {alerts.isError && (
        <ErrorState
          title="The alerts could not be loaded"
          error={alerts.error}
          onRetry={() => void alerts.refetch()}
        />
      )}
      {alerts.data?.items.length === 0 && (
        <p className="px-4 py-6 text-sm text-muted-foreground">
          No alert so far. One is sent when a role crosses a threshold of its budget.
        </p>
      )}
      <ul className="divide-y divide-border">
        {alerts.data?.items.map((alert) => (
          <AlertRow key={alert.id} alert={alert} />
        ))}
      </ul>
    </Card>
  );
}

function AlertRow({ alert }: { alert: AlertEntry }) {
  const { payload, status, lastError } = alert;
  const state = STATES[status];
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 px-4 py-3">
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
          {CHANNELS[alert.channel]} {alert.target} · <Time at={alert.sentAt ?? alert.createdAt} />
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

/** Shown on demand: whoever has it can forge alerts. */
function SigningSecret({ tenantId }: { tenantId: string }) {
  const { mutate, data, error, isPending } = useSigningSecret(tenantId);
  if (data)
    return (
      <span className="flex min-w-0 items-center gap-2">
        <code className="min-w-0 truncate font-mono text-xs">{data.secret}</code>
        <CopyButton
          value={data.secret}
          size="icon"
          variant="ghost"
          aria-label="Copy the signing secret"
        />
      </span>
    );
  return (
    <span className="flex items-center gap-2">
      {error && <span className="text-xs text-destructive">{error.message}</span>}
      <Button variant="outline" size="sm" disabled={isPending} onClick={() => mutate()}>
        <Eye /> Show signing secret
      </Button>
    </span>
  );
}
