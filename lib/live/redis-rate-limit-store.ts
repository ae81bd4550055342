import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import {
  costIn,
  countersUnavailable,
  judge,
  type Readings,
  wholeCost,
} from '@/lib/policy/rate-limit/judge';
import type { RateLimitPlan } from '@/lib/policy/rate-limit/plan';
import type {
  Grant,
  RateLimitCost,
  RateLimitStatus,
  RateLimitStore,
  Refusal,
} from '@/lib/policy/rate-limit/store';
import { TOLERANCE_MS } from './burst-series';
import { type Charge, HeldWindows } from './held-windows';
import { ACQUIRE, CORRECT } from './redis-rate-limit-scripts';
import { SlotLeases } from './slot-leases';

export type RedisRateLimitOptions = {
  /** Opened by `openRedis`; closed by its owner, after the store. */
  redis: Redis;
  /** Absent: the server's clock, one for all replicas. */
  clock?: { now(): number };
  /** How long a slot outlives the process that held it, milliseconds. */
  leaseMs?: number;
  keyPrefix?: string;
  /** Told of every failure of the server; requests are refused meanwhile. */
  onError?: (error: unknown) => void;
};

export type RedisRateLimitStore = RateLimitStore & {
  /** Prolongs the slots now; a timer does it otherwise. */
  renewSlots(): Promise<void>;
};

/**
 * Rate limits shared by replicas through Redis 6 or later. It fails closed: without the counters a
 * limit would not hold, so a request that has one is refused with `unavailable`. A correction that
 * cannot be written leaves the estimate charged, and a slot that cannot be freed runs out.
 */
export function createRedisRateLimitStore(options: RedisRateLimitOptions): RedisRateLimitStore {
  return new RedisStore(options);
}

type Answer = { granted: true; status: RateLimitStatus } | Refusal;
type Correction = { charges?: readonly Charge[]; burst?: boolean; slot?: string | null };

class RedisStore implements RedisRateLimitStore {
  private readonly redis: Redis;
  private readonly leaseMs: number;
  private readonly prefix: string;
  private readonly onError: (error: unknown) => void;
  private readonly leases: SlotLeases;

  constructor(private readonly options: RedisRateLimitOptions) {
    this.redis = options.redis;
    this.leaseMs = options.leaseMs ?? 30_000;
    this.prefix = options.keyPrefix ?? 'rolegate:rate';
    this.onError = options.onError ?? (() => undefined);
    const { redis, leaseMs, onError } = this;
    this.leases = new SlotLeases({ redis, leaseMs, onError, now: () => this.now() });
  }

  async acquire(plan: RateLimitPlan, estimate: RateLimitCost): Promise<Grant | Refusal> {
    const cost = wholeCost(estimate);
    const member = randomUUID();
    const held = new HeldWindows(cost);
    const answer = await this.ask(plan, cost, { take: true, member, held });
    if (!answer.granted) return answer;
    if (plan.concurrency) this.leases.add(this.key(plan, plan.concurrency.id), member);
    return this.grant(plan, cost, held, member, answer.status);
  }

  async check(plan: RateLimitPlan, estimate: RateLimitCost): Promise<Answer> {
    const cost = wholeCost(estimate);
    return this.ask(plan, cost, { take: false, member: '', held: new HeldWindows(cost) });
  }

  async renewSlots(): Promise<void> {
    await this.leases.renew();
  }

  async close(): Promise<void> {
    this.leases.stop();
    const open = this.leases.all();
    await Promise.all(
      open.map(({ key, member }) =>
        this.attempt(CORRECT.run(this.redis, [key], { charges: [], member })),
      ),
    );
  }

  private now(): number | null {
    return this.options.clock?.now() ?? null;
  }

  /** The hash tag keeps all counters of a role on one shard. */
  private key({ group }: RateLimitPlan, id: string): string {
    return `${this.prefix}:{${group}}:${id}`;
  }

  private async ask(
    plan: RateLimitPlan,
    cost: RateLimitCost,
    { take, member, held }: { take: boolean; member: string; held: HeldWindows },
  ): Promise<Answer> {
    const { windows, burst, concurrency } = plan;
    const ids = [...windows, burst, concurrency].flatMap((limit) => (limit ? [limit.id] : []));
    if (ids.length === 0) return judge(plan, cost, { windows: [], burst: null, inFlight: 0 });
    const numbers = await this.attempt(
      ACQUIRE.run(
        this.redis,
        ids.map((id) => this.key(plan, id)),
        {
          now: this.now(),
          take,
          epsilon: TOLERANCE_MS,
          windows: windows.map((window) => ({
            windowMs: window.windowMs,
            limit: window.limit,
            cost: costIn(window, cost),
          })),
          ...(burst ? { burst } : {}),
          ...(concurrency
            ? { slots: { limit: concurrency.limit, leaseMs: this.leaseMs, member } }
            : {}),
        },
      ),
    );
    if (numbers === null) return countersUnavailable();
    const { granted, readings, buckets } = parseReadings(numbers, plan);
    const answer = judge(plan, cost, readings);
    if (answer.granted !== granted) {
      throw new Error('The rate limit script and the gateway disagree on a request.');
    }
    if (granted && take) windows.forEach((window, index) => held.add(window, buckets[index] ?? 0));
    return answer;
  }

  private grant(
    plan: RateLimitPlan,
    cost: RateLimitCost,
    held: HeldWindows,
    member: string,
    status: RateLimitStatus,
  ): Grant {
    let settled = false;
    const slotKey = plan.concurrency ? this.key(plan, plan.concurrency.id) : null;
    const takeSlot = () => slotKey !== null && this.leases.remove(slotKey, member);
    const correct = (correction: Correction) => this.correct(plan, member, correction);
    return {
      granted: true,
      status,
      extend: async (next) => {
        const further = held.missingFrom(next);
        const taken = new HeldWindows(cost);
        const answer = await this.ask(further, cost, { take: true, member, held: taken });
        if (!answer.granted) return answer;
        await correct({ charges: held.drop(next).map(returned) });
        for (const { window, bucket } of taken.all()) held.add(window, bucket);
        return null;
      },
      settle: async (actualTokens) => {
        if (settled) return;
        settled = true;
        await correct({ charges: held.corrections(actualTokens) });
      },
      release: async () => {
        if (takeSlot()) await correct({ slot: slotKey });
      },
      cancel: async () => {
        const slot = takeSlot() ? slotKey : null;
        if (settled) return correct({ slot });
        settled = true;
        await correct({ charges: held.all().map(returned), burst: true, slot });
      },
    };
  }

  private async correct(
    plan: RateLimitPlan,
    member: string,
    correction: Correction,
  ): Promise<void> {
    const charges = (correction.charges ?? []).filter(({ amount }) => amount !== 0);
    const burst = correction.burst ? plan.burst : null;
    const keys = charges.map(({ window }) => this.key(plan, window.id));
    if (burst) keys.push(this.key(plan, burst.id));
    if (correction.slot) keys.push(correction.slot);
    if (keys.length === 0) return;
    await this.attempt(
      CORRECT.run(this.redis, keys, {
        now: this.now(),
        charges: charges.map(({ window, bucket, amount }) => ({
          windowMs: window.windowMs,
          bucket,
          amount,
        })),
        ...(burst ? { burstIntervalMs: burst.intervalMs } : {}),
        ...(correction.slot ? { member } : {}),
      }),
    );
  }

  /** The result, or null when the server could not be asked, which the owner is told. */
  private async attempt(operation: Promise<unknown>): Promise<unknown> {
    try {
      return await operation;
    } catch (error) {
      this.onError(error);
      return null;
    }
  }
}

const returned = (charge: Charge): Charge => ({ ...charge, amount: -charge.amount });

function parseReadings(
  answer: unknown,
  plan: RateLimitPlan,
): { granted: boolean; readings: Readings; buckets: number[] } {
  if (!Array.isArray(answer) || answer.length !== plan.windows.length * 4 + 4) {
    throw new Error('The rate limit script gave an answer of an unknown form.');
  }
  const numbers = answer.map(Number);
  const at = (index: number) => numbers[index] ?? Number.NaN;
  const windows = plan.windows.map((_, index) => {
    const from = 1 + index * 4;
    return { used: at(from), waitMs: at(from + 1), resetMs: at(from + 2) };
  });
  const tail = 1 + plan.windows.length * 4;
  return {
    granted: at(0) === 1,
    readings: {
      windows,
      burst: plan.burst && { waitMs: at(tail), room: at(tail + 1) },
      inFlight: at(tail + 2),
    },
    buckets: plan.windows.map((_, index) => at(1 + index * 4 + 3)),
  };
}
