import { describe, expect, it } from 'vitest';
import type { BudgetHold, BudgetRequest } from '@/lib/gateway/ports';
import { routeRequest } from '@/lib/gateway/testing/route-request';
import { createMemoryRateLimitStore } from '@/lib/live/memory-rate-limit-store';
import { BUDGET_WINDOWS, periodsAt } from '../periods';
import { LeasedLedger } from './ledger';
import { MemoryLedgerStore } from './memory-ledger-store';
import type { AccountKey, LedgerEntry } from './store';
import { toUnits, toUsd, type Units } from './units';

const RUNS = 60;
const STEPS = 150;
const REPLICAS = ['one', 'two', 'three'];

/** A small generator of its own, so that a run that fails can be run again by its seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

type Open = {
  replica: number;
  hold: BudgetHold;
  worst: Units;
  asked: BudgetRequest;
  /** Start of the day it was admitted in. */
  day: number;
};
type Replica = { ledger: LeasedLedger; journal: Map<string, [AccountKey, LedgerEntry]> };

/** Three replicas on one store, and beside them the plainest account of what was spent. */
class World {
  now = Date.UTC(2026, 5, 17, 12);
  limit = 5;
  private readonly store = new MemoryLedgerStore(() => this.now);
  private readonly rateLimits = createMemoryRateLimitStore({ clock: { now: () => this.now } });
  private readonly replicas = REPLICAS.map((id) => this.born(id));
  private open: Open[] = [];
  /** By day: what the model says was spent. */
  readonly spent = new Map<number, Units>();
  private caps = new Map<number, Units>();
  private requests = 0;

  constructor(private readonly random: () => number) {}

  private born(replicaId: string): Replica {
    const journal: Replica['journal'] = new Map();
    const ledger = new LeasedLedger({
      store: this.store,
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

  async step(): Promise<void> {
    const dice = this.random();
    const replica = Math.floor(this.random() * REPLICAS.length);
    if (dice < 0.5) await this.admit(replica);
    else if (dice < 0.75) await this.settle();
    else if (dice < 0.8) await this.abort();
    else if (dice < 0.9) await this.replicas[replica]!.ledger.flush();
    else if (dice < 0.93) await this.crash(replica);
    else if (dice < 0.96) this.limit = Math.round(this.random() * 100) / 10;
    else if (dice < 0.99) this.now += Math.floor(this.random() * 6 * 3_600_000);
    else this.now -= Math.floor(this.random() * 3_600_000);
    await this.store.reclaim(40_000);
    this.check();
  }

  private async admit(replica: number): Promise<void> {
    const worst = toUnits((0.01 + this.random() * 0.5).toFixed(10));
    const made = routeRequest({
      policy: {
        budgetPolicy: { enabled: true, dailyLimitUSD: this.limit, onExceeded: 'block' },
      },
      connections: { a: ['m'] },
      prices: { 'a/m': '0.001' },
    });
    const clock = { now: () => this.now };
    const requestId = `request-${(this.requests += 1)}`;
    const asked: BudgetRequest = { ...made, requestId, clock, targets: [] };
    const opened = await this.replicas[replica]!.ledger.open(asked);
    if (!('hold' in opened)) return;
    const [target] = made.resolve('a/m');
    const decision = await opened.hold.reserve({ target: target!, worstCaseUsd: toUsd(worst) });
    if (decision.verdict !== 'allow') return void (await opened.hold.close());
    this.caps.set(this.day, maxOf(this.caps.get(this.day), toUnits(this.limit)));
    this.open.push({
      replica,
      hold: opened.hold,
      worst,
      asked: { ...asked, targets: [target!] },
      day: this.day,
    });
  }

  private async settle(): Promise<void> {
    const [each] = this.open.splice(Math.floor(this.random() * this.open.length), 1);
    if (!each) return;
    const cost = (each.worst * BigInt(Math.floor(this.random() * 1001))) / 1000n;
    const { day } = each;
    await each.hold.settle({
      target: each.asked.targets[0]!,
      costUsd: toUsd(cost),
      usage: null,
    });
    await each.hold.close();
    this.spent.set(day, (this.spent.get(day) ?? 0n) + cost);
  }

  private async abort(): Promise<void> {
    const [each] = this.open.splice(Math.floor(this.random() * this.open.length), 1);
    await each?.hold.close();
  }

  /** Kills a replica and starts it again as the server does: journal first, then its leases go back. */
  private async crash(index: number): Promise<void> {
    const { journal } = this.replicas[index]!;
    const replicaId = REPLICAS[index]!;
    this.open = this.open.filter(({ replica }) => replica !== index);
    for (const [key, entry] of journal.values())
      await this.store.settle({
        ...key,
        replicaId,
        caps: { day: null, week: null, month: null },
        entries: [entry],
        giveBack: 0n,
        policy: routeRequest({ policy: {}, connections: {}, prices: {} }).policy.document
          .budgetPolicy,
      });
    await this.store.releaseReplica(replicaId);
    this.replicas[index] = this.born(replicaId);
  }

  /** In every window settled and leased stay within the highest cap that was in force in it. */
  private check(): void {
    for (const [day, cap] of this.caps) {
      const row = this.store.row(this.keyAt(day), 'day');
      expect(row.settled - row.overdraft + row.leased).toBeLessThanOrEqual(cap);
      expect(row.leased).toBeGreaterThanOrEqual(0n);
    }
  }

  /** Everything settled and stored: to the last digit what the model says. */
  async finish(): Promise<void> {
    while (this.open.length > 0) await this.settle();
    for (const { ledger } of this.replicas) await ledger.drain();
    for (const [day, spent] of this.spent) {
      const key = this.keyAt(day);
      expect(toUsd(this.store.row(key, 'day').settled)).toBe(toUsd(spent));
      for (const window of BUDGET_WINDOWS) expect(this.store.row(key, window).leased).toBe(0n);
    }
    await this.rateLimits.close();
  }

  private get day(): number {
    return periodsAt(this.now, 'UTC').day.startsAt;
  }

  private keyAt(at: number): AccountKey {
    return { tenantId: 'tenant', roleId: 'role', periods: periodsAt(at, 'UTC') };
  }
}

function maxOf(a: Units | undefined, b: Units): Units {
  return a === undefined || b > a ? b : a;
}

describe('the ledger against its model', () => {
  it(`never breaks its invariant in ${RUNS} random runs of ${STEPS} steps, and ends at what was spent`, async () => {
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const world = new World(randomOf(seed));
      try {
        for (let step = 0; step < STEPS; step += 1) await world.step();
        await world.finish();
      } catch (error) {
        throw new Error(`seed ${seed}`, { cause: error });
      }
    }
  }, 60_000);
});
