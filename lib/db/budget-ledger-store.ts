import 'server-only';
import type { LedgerStore, SettleRequest, SettleResult } from '@/lib/budget/ledger/store';
import { toUsd } from '@/lib/budget/ledger/units';
import { enqueueBudgetAlerts } from './budget-alerts';
import { bookEntries } from './budget-bookings';
import { grantLease, reclaimLeases, releaseLeases } from './budget-leases';
import { addBudgetUsage } from './budget-usage-repository';
import { openWindows, readTotals } from './budget-windows';
import { type Tx, withSystem, withTenant } from './client';

/** Balances in PostgreSQL. Transactions that write follow each other role by role. */
export const databaseLedgerStore: LedgerStore = {
  totals: (account) => withTenant(account.tenantId, (tx) => readTotals(tx, account)),
  lease: (request) => withTenant(request.tenantId, (tx) => grantLease(tx, request)),
  settle: (request) => withTenant(request.tenantId, (tx) => settle(tx, request)),
  reclaim: (olderThanMs) => withSystem((tx) => reclaimLeases(tx, olderThanMs)),
  releaseReplica: (replicaId) => withSystem((tx) => releaseLeases(tx, replicaId)),
};

async function settle(tx: Tx, request: SettleRequest): Promise<SettleResult> {
  // The balances of a deleted role went with it; what its last requests cost stands on their receipts.
  if (!(await openWindows(tx, request)))
    return { settled: { day: 0n, week: 0n, month: 0n }, held: 0n };
  const { cost, entries, requests, tokens, settled, held } = await bookEntries(tx, request);
  if (entries > 0) {
    await addBudgetUsage(tx, request.tenantId, {
      roleId: request.roleId,
      date: request.periods.date,
      costUsd: toUsd(cost),
      requests,
      tokens,
    });
  }
  if (entries > 0 || request.recheck || request.usedUp?.length)
    await enqueueBudgetAlerts(tx, request, settled);
  return { settled, held };
}
