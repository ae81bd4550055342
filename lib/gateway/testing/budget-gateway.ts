import { randomUUID } from 'node:crypto';
import { createPriceBook, type PriceOverride } from '@/lib/budget/pricing';
import { LeasedLedger } from '@/lib/budget/ledger/ledger';
import { MemoryLedgerStore } from '@/lib/budget/ledger/memory-ledger-store';
import type { AccountKey, LedgerStore } from '@/lib/budget/ledger/store';
import { toUsd, type Units } from '@/lib/budget/ledger/units';
import { periodsAt } from '@/lib/budget/periods';
import { createMemoryRateLimitStore } from '@/lib/live/memory-rate-limit-store';
import type { RolePolicyInput } from '@/lib/policy/role-policy';
import type { GatewayDeps } from '../deps';
import type { PriceBook } from '../types';
import { MemoryBreakers } from '../resilience/breaker';
import { createResilientExecutor } from '../resilience/resilient-executor';
import { LatencyFacts } from '../router/latency-facts';
import { FakeClock } from './fake-clock';
import { TEST_TENANT_ID } from './memory-principals';
import { testGateway, type TestGateway, type TestGatewayOptions } from './test-gateway';

/** Balances elsewhere than in memory, of a role that is there. */
export type BudgetBooks = {
  store: LedgerStore;
  tenantId: string;
  roleId: string;
  leased(key: AccountKey): Promise<Units>;
};

export type BudgetGatewayOptions = {
  waitMs?: number;
  deps?: Partial<GatewayDeps>;
  connections?: TestGatewayOptions['connections'];
  prices?: PriceBook;
  books?: BudgetBooks;
};

export type BudgetGateway = Omit<TestGateway, 'clock'> & {
  clock: FakeClock;
  ledger: LeasedLedger;
  /** Balances, unless the test brings books of its own. */
  store: MemoryLedgerStore;
  setBudget(policy: NonNullable<RolePolicyInput['budgetPolicy']>): void;
  /** Settled today, USD, everything flushed. */
  settledToday(): Promise<string>;
  /** Leased or reserved today, USD. */
  leasedToday(): Promise<string>;
};

/** What the test upstream's model costs: a tenth of a cent for each token of the answer. */
const TEST_PRICE: PriceOverride = {
  model: 'test/test-model',
  inputPerMillion: '0',
  outputPerMillion: '1000',
};

/** A gateway whose budgets are the real ledger, over balances in memory by default, with retries that do not wait. */
export async function budgetGateway(options: BudgetGatewayOptions = {}): Promise<BudgetGateway> {
  const clock = new FakeClock();
  const rateLimits = createMemoryRateLimitStore({ clock });
  const store = new MemoryLedgerStore(() => clock.now());
  const books = options.books ?? inMemory(store);
  const ledger = new LeasedLedger({
    store: books.store,
    journal: { append: () => undefined, turn: () => () => undefined },
    replicaId: randomUUID(),
    clock,
    waitMs: options.waitMs ?? 0,
    rateLimits,
    onFault: (error) => {
      throw error;
    },
  });
  const gateway = await testGateway({
    connections: options.connections ?? [
      { kind: 'openai-compatible', name: 'test', models: ['test-model', 'unpriced'] },
    ],
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
  const { tenantId, roleId } = books;
  const { tenant, role } = gateway.principals.of(gateway.key);
  gateway.principals.update(gateway.key, {
    tenant: { ...tenant, id: tenantId },
    role: { ...role, id: roleId },
    prices: options.prices ?? createPriceBook({ overrides: [TEST_PRICE] }),
  });
  const account = (): AccountKey => ({
    tenantId,
    roleId,
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
      return toUsd((await books.store.totals(account())).day);
    },
    leasedToday: async () => toUsd(await books.leased(account())),
  };
}

function inMemory(store: MemoryLedgerStore): BudgetBooks {
  const leased = (key: AccountKey) => Promise.resolve(store.row(key, 'day').leased);
  return { store, tenantId: TEST_TENANT_ID, roleId: 'role-1', leased };
}
