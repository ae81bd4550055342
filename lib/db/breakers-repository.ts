import 'server-only';
import type { Tx } from './client';
import type { CircuitBreakerState } from './generated/client';
import { isStorable } from './json';

export type BreakerStateName = 'closed' | 'open' | 'half_open';

export type BreakerView = {
  provider: string;
  state: BreakerStateName;
  failureCount: number;
  openedAt: string | null;
};

export type BreakerInput = {
  provider: string;
  state: BreakerStateName;
  failureCount: number;
  lastFailureAt: Date | null;
  openedAt: Date | null;
  openTimeoutMs: number;
};

/** A tenant's breakers, by provider. A provider that never failed has none. */
export async function listBreakers(tx: Tx, tenantId: string): Promise<BreakerView[]> {
  const rows = await tx.circuitBreakerState.findMany({
    where: { tenantId },
    orderBy: { provider: 'asc' },
  });
  return rows.map(viewOf);
}

/** Writes down a breaker's state, over the former one. */
export async function saveBreaker(tx: Tx, tenantId: string, breaker: BreakerInput): Promise<void> {
  await tx.circuitBreakerState.upsert({
    where: { tenantId_provider: { tenantId, provider: breaker.provider } },
    create: { tenantId, ...breaker },
    update: breaker,
  });
}

/** Closes a breaker. Null when the tenant has none of that provider. */
export async function resetBreaker(
  tx: Tx,
  tenantId: string,
  provider: string,
): Promise<BreakerView | null> {
  if (!isStorable(provider)) return null;
  const { count } = await tx.circuitBreakerState.updateMany({
    where: { tenantId, provider },
    data: { state: 'closed', failureCount: 0, openedAt: null, lastFailureAt: null },
  });
  return count === 0 ? null : { provider, state: 'closed', failureCount: 0, openedAt: null };
}

/** Every breaker that is not closed, of all tenants: to go on with after a restart. System scope. */
export async function listOpenBreakers(tx: Tx): Promise<(BreakerInput & { tenantId: string })[]> {
  const rows = await tx.circuitBreakerState.findMany({ where: { state: { not: 'closed' } } });
  return rows.map(
    ({ tenantId, provider, state, failureCount, lastFailureAt, openedAt, openTimeoutMs }) => ({
      tenantId,
      provider,
      state: state as BreakerStateName,
      failureCount,
      lastFailureAt,
      openedAt,
      openTimeoutMs,
    }),
  );
}

function viewOf(row: CircuitBreakerState): BreakerView {
  return {
    provider: row.provider,
    state: row.state as BreakerStateName,
    failureCount: row.failureCount,
    openedAt: row.openedAt?.toISOString() ?? null,
  };
}
