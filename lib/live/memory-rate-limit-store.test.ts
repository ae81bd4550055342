import { describe, expect, it } from 'vitest';
import { createMemoryRateLimitStore } from './memory-rate-limit-store';
import { rateLimitStoreContract } from './rate-limit-store.contract';
import { fakeClock, planOf } from './testing/rate-limit-store/world';

rateLimitStoreContract('memory', async (clock) => createMemoryRateLimitStore({ clock }));

describe('memory of the in-process store', () => {
  it('drops counters that nothing uses any more', async () => {
    const clock = fakeClock();
    const store = createMemoryRateLimitStore({ clock });
    const use = async (roleId: string) => {
      const plan = planOf(
        { requestsPerMinute: 9, requestsPerHour: 9, burstRequests: 2, maxConcurrentRequests: 1 },
        { roleId },
      );
      const grant = await store.acquire(plan, { requests: 1, tokens: 0 });
      if (grant.granted) await grant.release();
    };
    for (let role = 0; role < 5000; role++) await use(`old-${role}`);
    expect(store.size).toBe(15_000);
    clock.advance(3_600_000);
    for (let role = 0; role < 5000; role++) await use(`new-${role}`);
    expect(store.size).toBe(15_000);
  });

  it('answers a hundred thousand requests of one role within seconds', async () => {
    const store = createMemoryRateLimitStore();
    const plan = planOf({
      requestsPerMinute: 1_000_000,
      requestsPerDay: 1_000_000,
      tokensPerMinute: 1e9,
      burstRequests: 900_000,
    });
    const start = performance.now();
    for (let go = 0; go < 100_000; go++) {
      const grant = await store.acquire(plan, { requests: 1, tokens: 10 });
      if (grant.granted) await grant.settle(7);
    }
    expect(performance.now() - start).toBeLessThan(4000);
  });

  it('rejects a cost that is not a number instead of counting it', async () => {
    const store = createMemoryRateLimitStore();
    const plan = planOf({ tokensPerMinute: 10 });
    await expect(store.acquire(plan, { requests: 1, tokens: Number.NaN })).rejects.toThrow(
      RangeError,
    );
  });
});
