import 'server-only';
import type { BudgetWindow, Periods } from '@/lib/budget/periods';
import { BUDGET_WINDOWS } from '@/lib/budget/periods';
import { toMoneyString } from '@/lib/money';
import type { Tx } from './client';

export type WindowBalance = {
  /** Spent, by all replicas, up to the last flush of each. */
  settledUsd: string;
  /** Set aside for requests in flight and for the replicas' next ones. */
  reservedUsd: string;
};

/** Balances of a tenant's roles in the windows of one moment, by role id; a window nobody spent in is missing. */
export async function readBudgetWindows(
  tx: Tx,
  tenantId: string,
  periods: Periods,
): Promise<Map<string, Partial<Record<BudgetWindow, WindowBalance>>>> {
  const rows = await tx.budgetWindow.findMany({
    where: {
      tenantId,
      OR: BUDGET_WINDOWS.map((kind) => ({ kind, startsAt: new Date(periods[kind].startsAt) })),
    },
  });
  const balances = new Map<string, Partial<Record<BudgetWindow, WindowBalance>>>();
  for (const row of rows) {
    const balance = {
      settledUsd: toMoneyString(row.settledUsd.toFixed()),
      reservedUsd: toMoneyString(row.leasedUsd.toFixed()),
    };
    // The table's check allows the three windows only.
    const kind = row.kind as BudgetWindow;
    balances.set(row.roleId, { ...balances.get(row.roleId), [kind]: balance });
  }
  return balances;
}
