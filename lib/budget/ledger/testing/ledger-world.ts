import { expect } from 'vitest';
import type { BudgetHold, BudgetRequest } from '@/lib/gateway/ports';
import { routeRequest } from '@/lib/gateway/testing/route-request';
import { createMemoryRateLimitStore } from '@/lib/live/memory-rate-limit-store';
import type { RolePolicyInput } from '@/lib/policy/role-policy';
import { BUDGET_WINDOWS, type BudgetWindow, periodsAt } from '../../periods';
import { LeasedLedger } from '../ledger';
import { capsOf } from '../limits';
import type { AccountKey, LedgerEntry, LedgerStore } from '../store';
import { maxUnits, toUnits, toUsd, type Units } from '../units';
import { randomOf } from './random';

/** The store a world runs on, and how to look behind it. */
export type WorldBooks = {
  store: LedgerStore;
  tenantId: string;
  roleId: string;
  /** Names of the replicas, as the store wants them. */
  replicas: readonly string[];
  row(
    key: AccountKey,
    window: BudgetWindow,
  ): Promise<{ settled: Units; leased: Units; overdraft: Units }>;
  /** Lets so much time pass for leases, milliseconds. */
  age(ms: number): Promise<void>;
};

type Replica = { ledger: LeasedLedger; journal: Map<string, [AccountKey, LedgerEntry]> };
type Open = {
  replica: number;
  hold: BudgetHold;
  worst: Units;
  asked: BudgetRequest;
  key: AccountKey;
};
/** What the model knows of one window. */
type Page = {
  key: AccountKey;
  window: BudgetWindow;
  spent: Units;
  /** The highest that was in force; null once there was none. */
  highestCap: Units | null;
  /** Under way, or not yet stored, on replicas that slept until their leases were taken for lost. */
  slept: Units;
};

const RECLAIM_AFTER_MS = 40_000;
const BURST = 6;
const HOUR = 3_600_000;

/**
 * Three replicas on one store, and beside them the model: the plainest account of what was spent and of
 * what attempts under way may still cost. Every step is drawn from the random numbers given.
 */
class LedgerWorld {
  now = Date.UTC(2026, 5, 17, 12);
  private made = this.requestUnder({ dailyLimitUSD: 5 });
  private readonly rateLimits = createMemoryRateLimitStore({ clock: { now: () => this.now } });
  private readonly replicas: Replica[];
  private open: Open[] = [];
  private readonly pages = new Map<string, Page>();
  private requests = 0;
  /** How often each thing has happened, so that a run of nothing is found out. */
  readonly happened = { admitted: 0, refused: 0, settled: 0, aborted: 0, crashed: 0 };

  constructor(
    private readonly books: WorldBooks,
    private readonly random: () => number,
  ) {
    this.replicas = books.replicas.map((id) => this.born(id));
  }

  async step(): Promise<void> {
    const dice = this.random();
    const replica = Math.floor(this.random() * this.replicas.length);
    if (dice < 0.4) await this.admit(replica, this.random());
    else if (dice < 0.5) await this.burst();
    else if (dice < 0.75) await this.settle();
    else if (dice < 0.8) await this.abort();
    else if (dice < 0.9) await this.replicas[replica]!.ledger.flush();
    else if (dice < 0.93) await this.crash(replica);
    else if (dice < 0.96) this.changeLimits();
    else if (dice < 0.98) await this.passTime(Math.floor(this.random() * 6 * HOUR));
    else if (dice < 0.99) await this.sleepThrough(Math.floor(this.random() * 6 * HOUR));
    // A clock that is set back: no time has passed for anybody.
    else this.now -= Math.floor(this.random() * HOUR);
    await this.check();
  }

  /** Everything settled and stored: to the last digit what the model says, and nothing set aside. */
  async finish(): Promise<void> {
    while (this.open.length > 0) await this.settle();
    for (const { ledger } of this.replicas) await ledger.drain();
    for (const { key, window, spent } of this.pages.values()) {
      const row = await this.books.row(key, window);
      expect(toUsd(row.settled)).toBe(toUsd(spent));
      expect(row.leased).toBe(0n);
    }
    await this.rateLimits.close();
  }

  private born(replicaId: string): Replica {
    const journal: Replica['journal'] = new Map();
    const ledger = new LeasedLedger({
      store: this.books.store,
      journal: {
        append: (key, entry) => void journal.set(entry.id, [key, entry]),
        turn: () => {
          const old = [...journal.keys()];
          return () => old.forEach((id) => journal.delete(id));
        },
      },
      replicaId,
      clock: { now: () => this.now },
      waitMs: 0,
      rateLimits: this.rateLimits,
      onFault: (error) => {
        throw error;
      },
    });
    return { ledger, journal };
  }

  private requestUnder(budget: NonNullable<RolePolicyInput['budgetPolicy']>) {
    return routeRequest({
      policy: { budgetPolicy: { enabled: true, onExceeded: 'block', ...budget } },
      connections: { a: ['m'] },
      prices: { 'a/m': '0.001' },
    });
  }

  private get policy() {
    return this.made.policy.document.budgetPolicy;
  }

  private changeLimits(): void {
    const day = this.random() * 10;
    this.made = this.requestUnder({
      dailyLimitUSD: Math.round(day * 10) / 10,
      weeklyLimitUSD: this.random() < 0.5 ? 0 : Math.round(day * 20) / 10,
      monthlyLimitUSD: this.random() < 0.7 ? 0 : Math.round(day * 30) / 10,
    });
  }

  /** Time in which every replica does what its clockwork has it do: leases are renewed. */
  private async passTime(ms: number): Promise<void> {
    this.now += ms;
    await this.books.age(ms);
    for (const { ledger } of this.replicas) await ledger.flush();
    await this.books.store.reclaim(RECLAIM_AFTER_MS);
  }

  /** Time in which no replica does anything: their leases go to others, whatever they have under way. */
  private async sleepThrough(ms: number): Promise<void> {
    for (const page of this.pages.values()) {
      for (const { key, worst } of this.open) if (isOf(page, key)) page.slept += worst;
      for (const { journal } of this.replicas)
        for (const [key, { cost }] of journal.values()) if (isOf(page, key)) page.slept += cost;
    }
    this.now += ms;
    await this.books.age(ms);
    await this.books.store.reclaim(RECLAIM_AFTER_MS);
  }

  private async burst(): Promise<void> {
    const draws = Array.from({ length: BURST }, () => this.random());
    await Promise.all(draws.map((each, index) => this.admit(index % this.replicas.length, each)));
  }

  private async admit(replica: number, size: number): Promise<void> {
    const { tenantId, roleId } = this.books;
    const worst = toUnits((0.01 + size * 0.5).toFixed(10));
    const key: AccountKey = { tenantId, roleId, periods: periodsAt(this.now, 'UTC') };
    const { principal } = this.made;
    const asked: BudgetRequest = {
      ...this.made,
      principal: {
        ...principal,
        tenant: { ...principal.tenant, id: tenantId },
        role: { ...principal.role, id: roleId },
      },
      // One is a request for ever, over runs that share a database too.
      requestId: `${roleId} ${(this.requests += 1)}`,
      clock: { now: () => this.now },
      targets: this.made.resolve('a/m'),
    };
    const caps = capsOf(this.policy);
    for (const window of BUDGET_WINDOWS) {
      const page = this.page(key, window);
      const cap = caps[window];
      // Without a limit nothing is promised of this window.
      page.highestCap =
        cap === null || page.highestCap === null ? null : maxUnits(page.highestCap, cap);
    }
    const opened = await this.replicas[replica]!.ledger.open(asked);
    if (!('hold' in opened)) return void (this.happened.refused += 1);
    const [target] = asked.targets;
    const decision = await opened.hold.reserve({ target: target!, worstCaseUsd: toUsd(worst) });
    if (decision.verdict === 'allow') {
      this.happened.admitted += 1;
      this.open.push({ replica, hold: opened.hold, worst, asked, key });
      return;
    }
    this.happened.refused += 1;
    await opened.hold.close();
  }

  private async settle(): Promise<void> {
    const [each] = this.open.splice(Math.floor(this.random() * this.open.length), 1);
    const share = BigInt(Math.floor(this.random() * 1001));
    if (!each) return;
    const cost = (each.worst * share) / 1000n;
    await each.hold.settle({ target: each.asked.targets[0]!, costUsd: toUsd(cost), usage: null });
    await each.hold.close();
    for (const window of BUDGET_WINDOWS) this.page(each.key, window).spent += cost;
    this.happened.settled += 1;
  }

  private async abort(): Promise<void> {
    const [each] = this.open.splice(Math.floor(this.random() * this.open.length), 1);
    if (!each) return;
    await each.hold.close();
    this.happened.aborted += 1;
  }

  /** Kills a replica and starts it again as the server does: journal first, then its leases go back. */
  private async crash(index: number): Promise<void> {
    const { journal } = this.replicas[index]!;
    const replicaId = this.books.replicas[index]!;
    const { store } = this.books;
    const { policy } = this;
    this.open = this.open.filter(({ replica }) => replica !== index);
    for (const [key, entry] of journal.values()) {
      const account = { ...key, replicaId, caps: capsOf(policy), giveBack: 0n, policy };
      await store.settle({ ...account, entries: [entry] });
    }
    await store.releaseReplica(replicaId);
    this.replicas[index] = this.born(replicaId);
    this.happened.crashed += 1;
  }

  /**
   * In every window what is settled and leased stays within the highest cap that was in force in it, and so
   * does what the model knows was spent and may still be spent; past it goes no more than what replicas
   * had under way when they fell asleep.
   */
  private async check(): Promise<void> {
    for (const page of this.pages.values()) {
      const { key, window, spent, highestCap, slept } = page;
      const row = await this.books.row(key, window);
      expect(row.leased).toBeGreaterThanOrEqual(0n);
      if (highestCap === null) continue;
      expect(row.settled - row.overdraft + row.leased).toBeLessThanOrEqual(highestCap);
      const mayCost = this.open
        .filter((each) => isOf(page, each.key))
        .reduce((sum, each) => sum + each.worst, 0n);
      expect(spent + mayCost).toBeLessThanOrEqual(highestCap + slept);
    }
  }

  private page(key: AccountKey, window: BudgetWindow): Page {
    const id = `${window} ${key.periods[window].startsAt}`;
    const known = this.pages.get(id);
    if (known) return known;
    const page: Page = { key, window, spent: 0n, highestCap: 0n, slept: 0n };
    this.pages.set(id, page);
    return page;
  }
}

function isOf({ key: own, window }: Page, key: AccountKey): boolean {
  return own.periods[window].startsAt === key.periods[window].startsAt;
}

/** Runs worlds by seed; one that breaks is named by its seed. @returns how often each thing happened */
export async function runWorlds(
  seeds: readonly number[],
  steps: number,
  open: (seed: number) => Promise<WorldBooks>,
): Promise<LedgerWorld['happened']> {
  const sum = { admitted: 0, refused: 0, settled: 0, aborted: 0, crashed: 0 };
  for (const seed of seeds) {
    const world = new LedgerWorld(await open(seed), randomOf(seed));
    try {
      for (let step = 0; step < steps; step += 1) await world.step();
      await world.finish();
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error });
    }
    for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += world.happened[key];
  }
  return sum;
}
