import 'server-only';
import { planAlerts, type PlannedAlert } from '@/lib/budget/ledger/alert-plan';
import type { SettleRequest, Totals } from '@/lib/budget/ledger/store';
import { enqueueAlerts } from './alerts-repository';
import type { Tx } from './client';

/** Queues what is to be told of spend, in the transaction that settles it; what was told is not told again. */
export async function enqueueBudgetAlerts(
  tx: Tx,
  request: SettleRequest,
  settled: Totals,
): Promise<void> {
  const alerts = await untold(tx, request.tenantId, planAlerts(request, settled));
  if (alerts.length === 0) return;
  const { roleId } = request;
  const { tenant, name: role } = await tx.role.findUniqueOrThrow({
    where: { id: roleId },
    select: { name: true, tenant: { select: { name: true } } },
  });
  const named = alerts.map((alert) => ({
    ...alert,
    roleId,
    payload: { ...alert.payload, tenant: tenant.name, role },
  }));
  await enqueueAlerts(tx, request.tenantId, named);
}

/** Once a level is crossed every settlement plans its alert again; most often it is told already. */
async function untold(
  tx: Tx,
  tenantId: string,
  planned: readonly PlannedAlert[],
): Promise<PlannedAlert[]> {
  if (planned.length === 0) return [];
  const told = await tx.alert.findMany({
    where: { tenantId, dedupeKey: { in: planned.map(({ dedupeKey }) => dedupeKey) } },
    select: { dedupeKey: true },
  });
  const keys = new Set(told.map(({ dedupeKey }) => dedupeKey));
  return planned.filter(({ dedupeKey }) => !keys.has(dedupeKey));
}
