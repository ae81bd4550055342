import type { Redis } from 'ioredis';
import { z } from 'zod';
import {
  type BreakerLimits,
  type BreakerPermit,
  type BreakerRecord,
  type BreakerRefusal,
  type Breakers,
  MemoryBreakers,
  PROBE_LOST_MS,
} from '@/lib/gateway/resilience/breaker';
import { type Clock, systemClock } from '@/lib/gateway/types';
import { BREAKER_SCRIPT } from './redis-breaker-script';
import { RedisScript } from './redis-script';

const cellSchema = z.object({
  tenantId: z.string(),
  provider: z.string(),
  state: z.enum(['closed', 'open', 'half_open']),
  failureCount: z.number(),
  lastFailureAt: z.number().nullable().default(null),
  openedAt: z.number().nullable().default(null),
  timeoutMs: z.number(),
  probeSince: z.number().nullable().default(null),
  /** Counts the changes of one breaker, so that late news never overwrites newer ones. */
  rev: z.number(),
});
type Cell = z.infer<typeof cellSchema>;
const replySchema = z.object({
  cell: cellSchema.optional(),
  waitMs: z.number().optional(),
  probe: z.boolean().optional(),
  loud: z.boolean(),
});
type Reply = z.infer<typeof replySchema>;

const script = new RedisScript(BREAKER_SCRIPT);
/** Longer than any breaker can stay open. */
const KEEP_MS = 2 * 86_400_000;
/** News of a probe's end may be lost with a connection; then the waiting look for themselves. */
const LOOK_AGAIN_MS = 1000;

export type RedisBreakersOptions = {
  redis: Redis;
  /** A connection of its own for news of other replicas; closed by whoever opened it. */
  subscriber: Redis;
  /** For tests; without it the server's clock rules. */
  clock?: Clock;
  keyPrefix?: string;
  /** Told of every change of state that this process has made. */
  changed?: (record: BreakerRecord) => void;
  onError?: (error: unknown) => void;
};

/**
 * Circuit breakers shared by all replicas. While Redis cannot be reached each replica judges by what it
 * sees itself, because a breaker that cannot be asked must not stop requests.
 */
export class RedisBreakers implements Breakers {
  private readonly known = new Map<string, Cell>();
  private readonly waiting = new Map<string, { promise: Promise<void>; resolve: () => void }>();
  private readonly prefix: string;
  private readonly alone: MemoryBreakers;

  private constructor(private readonly options: RedisBreakersOptions) {
    this.prefix = options.keyPrefix ?? 'rolegate';
    this.alone = new MemoryBreakers(options.clock ?? systemClock);
  }

  /** Listens for news from the other replicas and takes over what was stored where Redis knows nothing. */
  static async open(
    options: RedisBreakersOptions,
    stored: readonly BreakerRecord[] = [],
  ): Promise<RedisBreakers> {
    const breakers = new RedisBreakers(options);
    options.subscriber.on('message', (channel, message) => {
      if (channel === breakers.channel) breakers.learn(cellSchema.parse(JSON.parse(message)));
    });
    await options.subscriber.subscribe(breakers.channel);
    for (const record of stored) await breakers.seed(record);
    return breakers;
  }

  async admit(
    tenantId: string,
    provider: string,
    limits: BreakerLimits,
  ): Promise<BreakerPermit | BreakerRefusal> {
    const reply = await this.run(tenantId, provider, { op: 'admit' });
    if (!reply) return this.alone.admit(tenantId, provider, limits);
    if (reply.waitMs !== undefined && reply.cell) return this.refusal(reply.cell, reply.waitMs);
    const probe = reply.probe === true;
    let told = false;
    const tell = (op: 'succeeded' | 'failed' | 'unknown') => () => {
      if (told) return;
      told = true;
      void this.run(tenantId, provider, { op, probe, ...limits });
    };
    return {
      probe,
      succeeded: tell('succeeded'),
      failed: tell('failed'),
      unknown: tell('unknown'),
    };
  }

  isOpen(tenantId: string, provider: string): boolean {
    const cell = this.known.get(this.keyOf(tenantId, provider));
    if (!cell || cell.state === 'closed') return this.alone.isOpen(tenantId, provider);
    const now = (this.options.clock ?? systemClock).now();
    if (cell.state === 'open') return (cell.openedAt ?? 0) + cell.timeoutMs > now;
    return cell.probeSince !== null && cell.probeSince + PROBE_LOST_MS > now;
  }

  list(tenantId: string): BreakerRecord[] {
    return [...this.known.values()].filter((cell) => cell.tenantId === tenantId).map(recordOf);
  }

  reset(tenantId: string, provider: string): boolean {
    const found = this.known.has(this.keyOf(tenantId, provider));
    void this.run(tenantId, provider, { op: 'reset' });
    return this.alone.reset(tenantId, provider) || found;
  }

  private get channel(): string {
    return `${this.prefix}:breakers`;
  }

  private keyOf(tenantId: string, provider: string): string {
    return `${this.prefix}:breaker:${tenantId} ${provider}`;
  }

  private async seed({ state, lastFailureAt, openedAt, ...rest }: BreakerRecord): Promise<void> {
    const cell = {
      ...rest,
      // A probe of the former process is lost with it.
      state: state === 'half_open' ? 'open' : state,
      ...(lastFailureAt === null ? {} : { lastFailureAt }),
      ...(openedAt === null ? {} : { openedAt }),
    };
    await this.run(rest.tenantId, rest.provider, { op: 'seed', cell });
  }

  /** Null when Redis cannot be reached. */
  private async run(tenantId: string, provider: string, command: object): Promise<Reply | null> {
    const { redis, clock, onError, changed } = this.options;
    const argument = {
      ...command,
      tenantId,
      provider,
      channel: this.channel,
      probeLostMs: PROBE_LOST_MS,
      keepMs: KEEP_MS,
      ...(clock ? { now: clock.now() } : {}),
    };
    try {
      const answer = await script.run(redis, [this.keyOf(tenantId, provider)], argument);
      const reply = replySchema.parse(JSON.parse(String(answer)));
      if (reply.cell) this.learn(reply.cell);
      if (reply.cell && reply.loud) changed?.(recordOf(reply.cell));
      return reply;
    } catch (error) {
      onError?.(error);
      return null;
    }
  }

  private learn(cell: Cell): void {
    const key = this.keyOf(cell.tenantId, cell.provider);
    const known = this.known.get(key);
    if (known && known.rev > cell.rev) return;
    this.known.set(key, cell);
    if (isProbing(cell)) return;
    this.waiting.get(key)?.resolve();
    this.waiting.delete(key);
  }

  private refusal(cell: Cell, retryAfterMs: number): BreakerRefusal {
    if (!isProbing(cell)) return { retryAfterMs };
    const key = this.keyOf(cell.tenantId, cell.provider);
    const known = this.known.get(key);
    // The probe has ended while the answer was on its way.
    if (known && !isProbing(known)) return { retryAfterMs, probed: Promise.resolve() };
    return { retryAfterMs, probed: this.probeEnd(key) };
  }

  private probeEnd(key: string): Promise<void> {
    const waiting = this.waiting.get(key);
    if (waiting) return waiting.promise;
    let resolve: () => void = () => undefined;
    const promise = new Promise<void>((settle) => {
      resolve = settle;
    });
    this.waiting.set(key, { promise, resolve });
    const lookAgain = setTimeout(() => {
      if (this.waiting.get(key)?.promise === promise) this.waiting.delete(key);
      resolve();
    }, LOOK_AGAIN_MS);
    lookAgain.unref();
    void promise.then(() => clearTimeout(lookAgain));
    return promise;
  }
}

function isProbing({ state, probeSince }: Cell): boolean {
  return state === 'half_open' && probeSince !== null;
}

function recordOf({ probeSince: _since, rev: _rev, ...record }: Cell): BreakerRecord {
  return record;
}
