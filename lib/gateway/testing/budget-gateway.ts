import { createPriceBook, type PriceOverride } from '@/lib/budget/pricing';
import { LeasedLedger } from '@/lib/budget/ledger/ledger';
import { MemoryLedgerStore } from '@/lib/budget/ledger/memory-ledger-store';
import { toUsd } from '@/lib/budget/ledger/units';
import { periodsAt } from '@/lib/budget/periods';
import { createMemoryRateLimitStore } from '@/lib/live/memory-rate-limit-store';
import type { RolePolicyInput } from '@/lib/policy/role-policy';
import type { GatewayDeps } from '../deps';
import { MemoryBreakers } from '../resilience/breaker';
import { createResilientExecutor } from '../resilience/resilient-executor';
import { LatencyFacts } from '../router/latency-facts';
import { FakeClock } from './fake-clock';
import { TEST_TENANT_ID } from './memory-principals';
import { testGateway, type TestGateway } from './test-gateway';

export type BudgetGateway = Omit<TestGateway, 'clock'> & {
  clock: FakeClock;
  ledger: LeasedLedger;
  store: MemoryLedgerStore;
  setBudget(policy: NonNullable<RolePolicyInput['budgetPolicy']>): void;
  /** Settled today, USD, everything flushed. */
  settledToday(): Promise<string>;
  /** Leased or reserved today, USD. */
  leasedToday(): string;
};

/** What the test upstream's model costs: a tenth of a cent for each token of the answer. */
export const TEST_PRICE: PriceOverride = {
  model: 'test/test-model',
  inputPerMillion: '0',
  outputPerMillion: '1000',
};

/** A gateway whose budgets are the real ledger over balances in memory, with retries that do not wait. */
export async function budgetGateway(
  options: { waitMs?: number; deps?: Partial<GatewayDeps>; price?: PriceOverride } = {},
): Promise<BudgetGateway> {
  const clock = new FakeClock();
  const rateLimits = createMemoryRateLimitStore({ clock });
  const store = new MemoryLedgerStore(() => clock.now());
  const ledger = new LeasedLedger({
    store,
    journal: { append: () => undefined, turn: () => () => undefined },
    replicaId: 'replica',
    clock,
    waitMs: options.waitMs ?? 0,
    rateLimits,
    onFault: (error) => {
      throw error;
    },
  });
  const gateway = await testGateway({
    connections: [{ kind: 'openai-compatible', name: 'test', models: ['test-model', 'unpriced'] }],
    deps: {
      clock,
      rateLimits,
      budgets: ledger,
      executor: createResilientExecutor({
        breakers: new MemoryBreakers(clock),
        latency: new LatencyFacts(clock),
        sleep: () => Promise.resolve(),
        random: () => 0,
      }),
      ...options.deps,
    },
  });
  const prices = createPriceBook({ overrides: [options.price ?? TEST_PRICE] });
  gateway.principals.update(gateway.key, { prices });
  const account = () => ({
    tenantId: TEST_TENANT_ID,
    roleId: 'role-1',
    periods: periodsAt(clock.now(), 'UTC'),
  });
  return {
    ...gateway,
    clock,
    ledger,
    store,
    setBudget: (policy) => gateway.setPolicy({ budgetPolicy: { enabled: true, ...policy } }),
    settledToday: async () => {
      await ledger.flush();
      return toUsd((await store.totals(account())).day);
    },
    leasedToday: () => toUsd(store.row(account(), 'day').leased),
  };
}
