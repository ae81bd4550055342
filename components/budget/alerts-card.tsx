'use client';

import { useQuery } from '@tanstack/react-query';
import { Eye } from 'lucide-react';
import { useTenant } from '@/components/shell/tenant-context';
import { Button } from '@/components/ui/button';
import { Card, CardHeader, CardTitle } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorState } from '@/components/ui/error-state';
import { alertsQuery, useSigningSecret } from '@/lib/client/budgets';
import { AlertList } from './alert-list';

const LATEST = 50;

/** Alerts and what became of each, newest first. */
export function AlertsCard() {
  const { tenant, canManage } = useTenant();
  const alerts = useQuery(alertsQuery(tenant.id, { limit: LATEST }));
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
      <AlertList alerts={alerts.data?.items ?? []} className="px-4" />
    </Card>
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
