import 'server-only';
import { createMemoryRateLimitStore } from '@/lib/live/memory-rate-limit-store';
import { connectRedis } from '@/lib/live/redis';
import { createRedisRateLimitStore } from '@/lib/live/redis-rate-limit-store';
import type { Log } from '@/lib/log';
import type { RateLimitStore } from '@/lib/policy/rate-limit/store';

/** Counters of this process, or of all replicas that share a Redis. */
export type LiveStores = {
  rateLimits: RateLimitStore;
  /** Why the counters cannot be reached now, or null. */
  fault(): string | null;
  close(): Promise<void>;
};

/** @throws Error naming REDIS_URL when it is set and cannot be reached. */
export async function openLiveStores(redisUrl: string | undefined, log: Log): Promise<LiveStores> {
  if (redisUrl === undefined) {
    const rateLimits = createMemoryRateLimitStore();
    return { rateLimits, fault: () => null, close: () => rateLimits.close() };
  }
  const onError = (error: unknown) =>
    log.error({ err: error }, 'Redis failed; limited requests are refused');
  const redis = await connectRedis(redisUrl, { onError });
  const rateLimits = createRedisRateLimitStore({ redis, onError });
  return {
    rateLimits,
    fault: () => (redis.status === 'ready' ? null : 'redis unavailable'),
    close: async () => {
      await rateLimits.close();
      redis.disconnect();
    },
  };
}
