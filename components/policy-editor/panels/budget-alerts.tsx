'use client';

import { useQuery } from '@tanstack/react-query';
import { AlertList } from '@/components/budget/alert-list';
import { alertsQuery } from '@/lib/client/budgets';
import { useEditor } from '../editor-context';

const LATEST = 5;

/** The role's latest alerts and what became of each; nothing while there are none. */
export function BudgetAlerts() {
  const { tenantId, roleId } = useEditor();
  const { data, error } = useQuery(alertsQuery(tenantId, { role: roleId, limit: LATEST }));
  if (error)
    return <p className="py-3 text-sm text-destructive">The alerts could not be loaded.</p>;
  if (!data || data.items.length === 0) return null;
  return (
    <div data-role-alerts className="pt-3">
      <h4 className="text-xs font-medium text-muted-foreground">Latest alerts</h4>
      <AlertList alerts={data.items} />
    </div>
  );
}
