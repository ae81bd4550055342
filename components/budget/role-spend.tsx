'use client';

import { useQuery } from '@tanstack/react-query';
import { useTenant } from '@/components/shell/tenant-context';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { liveBudgetsQuery } from '@/lib/client/budgets';
import type { UsageBy } from '@/lib/client/types';
import { usageQuery } from '@/lib/client/usage';
import { Breakdown } from './breakdown';
import { HistoryChart } from './history-chart';
import { WindowRow } from './window-row';

/** A role's budget as it stands: each window live, the last thirty days, and where the money went. */
export function RoleSpend({ tenantId, roleId }: { tenantId: string; roleId: string }) {
  const { tenant } = useTenant();
  const live = useQuery(liveBudgetsQuery(tenantId, roleId));
  const usage = (by: UsageBy) => ({
    ...usageQuery(tenantId, { by, role: roleId }),
    refetchInterval: 15_000,
  });
  const days = useQuery(usage('day'));
  const keys = useQuery(usage('key'));
  const models = useQuery(usage('model'));
  if (live.isError)
    return (
      <ErrorState
        title="The budget could not be loaded"
        error={live.error}
        onRetry={() => void live.refetch()}
      />
    );
  const budget = live.data?.items[0];
  if (!budget) return <Skeleton className="my-3 h-44 w-full" />;
  const now = live.dataUpdatedAt;
  return (
    <>
      <div className="divide-y divide-border/70">
        {budget.windows.map((window) => (
          <WindowRow key={window.window} budget={budget} window={window} now={now} />
        ))}
      </div>
      <div className="grid gap-x-8 gap-y-5 py-4 lg:grid-cols-2">
        <div className="lg:col-span-2">
          <HistoryChart rows={days.data?.items ?? []} today={dateIn(tenant.timezone, now)} />
        </div>
        <Breakdown title="By key, last 30 days" rows={keys.data?.items ?? []} />
        <Breakdown title="By model, last 30 days" rows={models.data?.items ?? []} />
      </div>
    </>
  );
}

/** YYYY-MM-DD in a time zone. */
function dateIn(timeZone: string, at: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at);
}
