import 'server-only';
import { listOpenBreakers, saveBreaker } from '@/lib/db/breakers-repository';
import { withSystem, withTenant } from '@/lib/db/client';
import {
  type BreakerRecord,
  type Breakers,
  MemoryBreakers,
} from '@/lib/gateway/resilience/breaker';
import type { Clock } from '@/lib/gateway/types';
import { connectRedis } from '@/lib/live/redis';
import { RedisBreakers } from '@/lib/live/redis-breakers';
import type { Log } from '@/lib/log';

export type StoredBreakers = { breakers: Breakers; drain(): Promise<void> };

/**
 * Breakers of this process, or of all replicas that share a Redis. Changes of state are written down
 * behind the requests, so that a restart goes on where it stopped; requests never wait for the writing.
 * @throws Error naming REDIS_URL when it is set and cannot be reached
 */
export async function openBreakers(
  clock: Clock,
  log: Log,
  redisUrl?: string,
): Promise<StoredBreakers> {
  const unsaved = new Map<string, BreakerRecord>();
  let saving: Promise<void> | null = null;

  const save = async (): Promise<void> => {
    for (let next = first(unsaved); next; next = first(unsaved)) {
      const [key, record] = next;
      unsaved.delete(key);
      try {
        await withTenant(record.tenantId, (tx) =>
          saveBreaker(tx, record.tenantId, inputOf(record)),
        );
      } catch (error) {
        // The state in memory rules; what is lost is only its survival of a restart.
        log.error(
          { err: error, provider: record.provider },
          'the state of a circuit breaker could not be stored',
        );
      }
    }
  };
  const changed = (record: BreakerRecord): void => {
    unsaved.set(`${record.tenantId} ${record.provider}`, record);
    saving ??= save().finally(() => {
      saving = null;
    });
  };
  const stored = (await withSystem(listOpenBreakers)).map(recordOf);
  const { breakers, close } = redisUrl
    ? await shared(redisUrl, stored, changed, log)
    : inMemory(clock, stored, changed);
  return {
    breakers,
    drain: async () => {
      await saving;
      await save();
      close();
    },
  };
}

type Opened = { breakers: Breakers; close(): void };
type Changed = (record: BreakerRecord) => void;

function inMemory(clock: Clock, stored: readonly BreakerRecord[], changed: Changed): Opened {
  const breakers = new MemoryBreakers(clock, changed);
  breakers.load(stored);
  return { breakers, close: () => undefined };
}

async function shared(
  redisUrl: string,
  stored: readonly BreakerRecord[],
  changed: Changed,
  log: Log,
): Promise<Opened> {
  const onError = (error: unknown) =>
    log.error({ err: error }, 'Redis failed; circuit breakers are judged by this replica alone');
  const redis = await connectRedis(redisUrl, { onError });
  const subscriber = await connectRedis(redisUrl, { onError });
  const breakers = await RedisBreakers.open({ redis, subscriber, changed, onError }, stored);
  return {
    breakers,
    close: () => {
      redis.disconnect();
      subscriber.disconnect();
    },
  };
}

function first<K, V>(map: Map<K, V>): [K, V] | undefined {
  return map.entries().next().value;
}

function inputOf({
  provider,
  state,
  failureCount,
  lastFailureAt,
  openedAt,
  timeoutMs,
}: BreakerRecord) {
  return {
    provider,
    state,
    failureCount,
    lastFailureAt: dateOf(lastFailureAt),
    openedAt: dateOf(openedAt),
    openTimeoutMs: timeoutMs,
  };
}

function recordOf(stored: Awaited<ReturnType<typeof listOpenBreakers>>[number]): BreakerRecord {
  const { lastFailureAt, openedAt, openTimeoutMs, ...rest } = stored;
  return {
    ...rest,
    lastFailureAt: lastFailureAt?.getTime() ?? null,
    openedAt: openedAt?.getTime() ?? null,
    timeoutMs: openTimeoutMs,
  };
}

const dateOf = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));
