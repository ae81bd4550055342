'use client';

import { useQuery } from '@tanstack/react-query';
import { Wallet } from 'lucide-react';
import Link from 'next/link';
import { useTenant } from '@/components/shell/tenant-context';
import { Badge } from '@/components/ui/badge';
import { Card, CardHeader, CardTitle } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/table-skeleton';
import { liveBudgetsQuery, type RoleBudget } from '@/lib/client/budgets';
import { AlertsCard } from './alerts-card';
import { LedgerCard } from './ledger-card';
import { WindowRow } from './window-row';

/** Every role's budget, the alerts that were sent, and the ledger behind both. */
export function BudgetsPage() {
  const { tenant } = useTenant();
  const budgets = useQuery(liveBudgetsQuery(tenant.id));
  const items = budgets.data?.items ?? [];
  return (
    <>
      <PageHeader
        title="Budgets"
        description="What each role may spend and has spent, live, and the alerts that were sent."
      />
      <div className="flex flex-col gap-5">
        {budgets.isPending && <TableSkeleton label="Loading budgets" />}
        {budgets.isError && (
          <Card>
            <ErrorState
              title="The budgets could not be loaded"
              error={budgets.error}
              onRetry={() => void budgets.refetch()}
            />
          </Card>
        )}
        {budgets.data && items.length === 0 && (
          <Card>
            <EmptyState
              icon={Wallet}
              title="No roles yet"
              description="A budget belongs to a role. Create one to set what it may spend."
            />
          </Card>
        )}
        <div className="grid gap-5 lg:grid-cols-2">
          {items.map((budget) => (
            <RoleCard key={budget.roleId} budget={budget} now={budgets.dataUpdatedAt} />
          ))}
        </div>
        <AlertsCard />
        <LedgerCard />
      </div>
    </>
  );
}

const ACTIONS = { block: 'Blocks', warn: 'Warns', throttle: 'Throttles' } as const;

function RoleCard({ budget, now }: { budget: RoleBudget; now: number }) {
  return (
    <Card>
      <CardHeader>
        {/* Cut off by the link itself, so that its focus ring is not. */}
        <CardTitle className="min-w-0">
          <Link
            href={`/roles/${budget.roleId}/policy#budget`}
            className="inline-block max-w-full truncate align-bottom underline-offset-4 hover:underline"
          >
            {budget.role}
          </Link>
        </CardTitle>
        <Badge variant={budget.enabled ? 'default' : 'secondary'}>
          {budget.enabled ? ACTIONS[budget.onExceeded] : 'Off'}
        </Badge>
      </CardHeader>
      <div className="divide-y divide-border/70 px-4">
        {budget.windows.map((window) => (
          <WindowRow key={window.window} budget={budget} window={window} now={now} />
        ))}
      </div>
    </Card>
  );
}
