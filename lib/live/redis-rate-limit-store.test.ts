import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { RateLimitStore } from '@/lib/policy/rate-limit/store';
import { rateLimitStoreContract } from './rate-limit-store.contract';
import { fakeClock, planOf } from './testing/rate-limit-store/world';
import { connectRedis, openRedis } from './redis';
import { createRedisRateLimitStore } from './redis-rate-limit-store';
import { startTestRedis, testRedisClients } from './redis-testing';

const client = testRedisClients();

async function grants(store: RateLimitStore, plan: ReturnType<typeof planOf>, count: number) {
  const asked = Array.from({ length: count }, () =>
    store.acquire(plan, { requests: 1, tokens: 0 }),
  );
  return (await Promise.all(asked)).filter((answer) => answer.granted);
}

rateLimitStoreContract('redis', async (clock) =>
  createRedisRateLimitStore({ redis: await client(), clock, keyPrefix: randomUUID() }),
);

describe('rate limits shared by replicas', () => {
  it('lets exactly 100 of 300 parallel requests pass over three replicas, by the clock of the server', async () => {
    const keyPrefix = randomUUID();
    const stores = await Promise.all(
      [1, 2, 3].map(async () => createRedisRateLimitStore({ redis: await client(), keyPrefix })),
    );
    const plan = planOf({ requestsPerMinute: 100 });
    const passed = await Promise.all(stores.map((store) => grants(store, plan, 100)));
    expect(passed.flat()).toHaveLength(100);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('frees the slots of a replica that died once their leases run out', async () => {
    const clock = fakeClock();
    const keyPrefix = randomUUID();
    const doomed = await client();
    const dead = createRedisRateLimitStore({ redis: doomed, clock, keyPrefix, leaseMs: 30_000 });
    const alive = createRedisRateLimitStore({
      redis: await client(),
      clock,
      keyPrefix,
      leaseMs: 30_000,
    });
    const plan = planOf({ maxConcurrentRequests: 4 });
    expect(await grants(dead, plan, 2)).toHaveLength(2);
    doomed.disconnect();
    expect(await grants(alive, plan, 4)).toHaveLength(2);
    clock.advance(20_000);
    await alive.renewSlots();
    clock.advance(10_000);
    expect(await grants(alive, plan, 4)).toHaveLength(2);
    await Promise.all([dead.close(), alive.close()]);
  });

  it('frees its slots when it closes', async () => {
    const keyPrefix = randomUUID();
    const plan = planOf({ maxConcurrentRequests: 2 });
    const first = createRedisRateLimitStore({ redis: await client(), keyPrefix });
    await grants(first, plan, 2);
    await first.close();
    const second = createRedisRateLimitStore({ redis: await client(), keyPrefix });
    expect(await grants(second, plan, 2)).toHaveLength(2);
    await second.close();
  });

  it('leaves no key without an expiry', async () => {
    const redis = await client();
    const keyPrefix = randomUUID();
    const store = createRedisRateLimitStore({ redis, keyPrefix });
    const limits = {
      requestsPerMinute: 5,
      tokensPerDay: 5,
      burstRequests: 2,
      maxConcurrentRequests: 2,
    };
    const grant = await store.acquire(planOf(limits), { requests: 1, tokens: 5 });
    if (grant.granted) await grant.cancel();
    await store.acquire(planOf(limits), { requests: 1, tokens: 5 });
    const keys = await redis.keys(`${keyPrefix}*`);
    expect(keys).toHaveLength(4);
    for (const key of keys) expect(await redis.pttl(key)).toBeGreaterThan(0);
    await store.close();
  });

  it('refuses with unavailable while the server is away, and serves again when it is back', async () => {
    const own = await startTestRedis();
    const errors: unknown[] = [];
    const redis = await connectRedis(own.url);
    const store = createRedisRateLimitStore({ redis, onError: (error) => errors.push(error) });
    const plan = planOf({ requestsPerMinute: 5, maxConcurrentRequests: 5 });
    const [grant] = await grants(store, plan, 1);
    const gone = new Promise((resolve) => redis.once('reconnecting', resolve));
    await own.stop();
    await gone;
    const refusal = await store.acquire(plan, { requests: 1, tokens: 0 });
    expect(refusal).toMatchObject({ granted: false, code: 'unavailable', retryAfterMs: 1000 });
    expect((await store.acquire(planOf({}), { requests: 1, tokens: 0 })).granted).toBe(true);
    if (grant?.granted) await Promise.all([grant.settle(10), grant.release()]);
    expect(errors.length).toBeGreaterThan(0);
    const back = new Promise((resolve) => redis.once('ready', resolve));
    const again = await startTestRedis(Number(new URL(own.url).port));
    await back;
    expect(await grants(store, plan, 9)).toHaveLength(5);
    await store.close();
    redis.disconnect();
    await again.stop();
  });
});

describe('connection to Redis', () => {
  it('names REDIS_URL and the host, never the password, when the server cannot be reached', async () => {
    const url = 'redis://:hunter2@127.0.0.1:1';
    const failure = await connectRedis(url, { timeoutMs: 200 }).catch((error: Error) => error);
    expect(String(failure)).toMatch(/REDIS_URL.*127\.0\.0\.1:1/);
    expect(String(failure)).not.toContain('hunter2');
  });

  it('rejects a command at once instead of queueing it while there is no server', async () => {
    const redis = openRedis('redis://127.0.0.1:1');
    await expect(redis.get('a')).rejects.toThrow();
    redis.disconnect();
  });
});
