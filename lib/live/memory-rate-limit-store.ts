import { costIn, judge, type Readings, wholeCost } from '@/lib/policy/rate-limit/judge';
import type { RateLimitPlan, RateWindow } from '@/lib/policy/rate-limit/plan';
import type {
  Grant,
  RateLimitCost,
  RateLimitStatus,
  RateLimitStore,
  Refusal,
} from '@/lib/policy/rate-limit/store';
import { BurstSeries } from './burst-series';
import { ExpiringMap } from './expiring-map';
import { HeldWindows } from './held-windows';
import { WindowSeries } from './window-series';

export type MemoryRateLimitStore = RateLimitStore & {
  /** Counters that are kept, for tests and metrics. */
  readonly size: number;
};

/**
 * Rate limits counted in this process: exact for one replica. A request costs constant time, and a
 * counter that nothing uses any more is dropped. `clock` is in milliseconds since the epoch.
 */
export function createMemoryRateLimitStore(
  options: { clock?: { now(): number } } = {},
): MemoryRateLimitStore {
  return new MemoryStore(options.clock ?? { now: () => Date.now() });
}

class MemoryStore implements MemoryRateLimitStore {
  /** One map for each length of window, so that entries expire in about the order of their use. */
  private readonly series = new Map<number, ExpiringMap<WindowSeries>>();
  private readonly bursts = new ExpiringMap<BurstSeries>();
  private readonly inFlight = new Map<string, number>();

  constructor(private readonly clock: { now(): number }) {}

  get size(): number {
    let size = this.bursts.size + this.inFlight.size;
    for (const map of this.series.values()) size += map.size;
    return size;
  }

  // Nothing is awaited between reading and taking: that makes the step atomic.
  async acquire(plan: RateLimitPlan, estimate: RateLimitCost): Promise<Grant | Refusal> {
    const cost = wholeCost(estimate);
    const now = this.clock.now();
    const answer = judge(plan, cost, this.read(plan, cost, now));
    if (!answer.granted) return answer;
    const held = new HeldWindows(cost);
    this.takeWindows(plan, cost, held, now);
    if (plan.burst) this.burstOf(plan, now)?.take(now, plan.burst.intervalMs);
    if (plan.concurrency) this.countSlot(`${plan.group}|${plan.concurrency.id}`, 1);
    return this.grant(plan, cost, held, answer.status);
  }

  async check(
    plan: RateLimitPlan,
    estimate: RateLimitCost,
  ): Promise<{ granted: true; status: RateLimitStatus } | Refusal> {
    const cost = wholeCost(estimate);
    return judge(plan, cost, this.read(plan, cost, this.clock.now()));
  }

  async close(): Promise<void> {
    this.inFlight.clear();
  }

  private read(plan: RateLimitPlan, cost: RateLimitCost, now: number): Readings {
    return {
      windows: plan.windows.map((window) => this.readWindow(plan, window, cost, now)),
      burst: plan.burst && this.readBurst(plan, now),
      inFlight: plan.concurrency
        ? (this.inFlight.get(`${plan.group}|${plan.concurrency.id}`) ?? 0)
        : 0,
    };
  }

  private readWindow(plan: RateLimitPlan, window: RateWindow, cost: RateLimitCost, now: number) {
    const series = this.series.get(window.windowMs)?.peek(`${plan.group}|${window.id}`);
    if (!series) return { used: 0, waitMs: 0, resetMs: 0 };
    const used = series.used(now);
    const excess = used + costIn(window, cost) - window.limit;
    return { used, waitMs: series.waitToFree(now, excess), resetMs: series.resetMs(now) };
  }

  private readBurst({ group, burst }: RateLimitPlan, now: number): Readings['burst'] {
    if (!burst) return null;
    const series = this.bursts.peek(`${group}|${burst.id}`) ?? new BurstSeries();
    return {
      waitMs: series.waitMs(now, burst.burst, burst.intervalMs),
      room: series.room(now, burst.burst, burst.intervalMs),
    };
  }

  private takeWindows(plan: RateLimitPlan, cost: RateLimitCost, held: HeldWindows, now: number) {
    for (const window of plan.windows) {
      const bucket = this.seriesOf(plan.group, window, now).add(now, costIn(window, cost));
      held.add(window, bucket);
    }
  }

  private seriesOf(group: string, window: RateWindow, now: number): WindowSeries {
    let map = this.series.get(window.windowMs);
    if (!map) this.series.set(window.windowMs, (map = new ExpiringMap<WindowSeries>()));
    return map.use(`${group}|${window.id}`, now, () => new WindowSeries(window.windowMs));
  }

  private burstOf({ group, burst }: RateLimitPlan, now: number): BurstSeries | null {
    return burst && this.bursts.use(`${group}|${burst.id}`, now, () => new BurstSeries());
  }

  private countSlot(id: string, change: 1 | -1): void {
    const count = (this.inFlight.get(id) ?? 0) + change;
    if (count > 0) this.inFlight.set(id, count);
    else this.inFlight.delete(id);
  }

  private grant(
    plan: RateLimitPlan,
    cost: RateLimitCost,
    held: HeldWindows,
    status: RateLimitStatus,
  ): Grant {
    const { group } = plan;
    let settled = false;
    let slot = plan.concurrency ? `${group}|${plan.concurrency.id}` : null;
    const correct = (window: RateWindow, bucket: number, amount: number) => {
      const now = this.clock.now();
      const series = this.seriesOf(group, window, now);
      if (amount > 0) series.add(now, amount);
      else if (amount < 0) series.refund(now, bucket, -amount);
    };
    const release = async () => {
      if (slot !== null) this.countSlot(slot, -1);
      slot = null;
    };
    return {
      granted: true,
      status,
      extend: async (next) => {
        const now = this.clock.now();
        const further = held.missingFrom(next);
        const answer = judge(further, cost, this.read(further, cost, now));
        if (!answer.granted) return answer;
        for (const { window, bucket, amount } of held.drop(next)) correct(window, bucket, -amount);
        this.takeWindows(further, cost, held, now);
        return null;
      },
      settle: async (actualTokens) => {
        if (settled) return;
        settled = true;
        for (const { window, bucket, amount } of held.corrections(actualTokens)) {
          correct(window, bucket, amount);
        }
      },
      release,
      cancel: async () => {
        if (!settled) {
          settled = true;
          for (const { window, bucket, amount } of held.all()) correct(window, bucket, -amount);
          if (plan.burst) this.burstOf(plan, this.clock.now())?.giveBack(plan.burst.intervalMs);
        }
        await release();
      },
    };
  }
}
