import { expect, it } from 'vitest';
import type { Grant } from '@/lib/policy/rate-limit/store';
import { randomNumbers } from './random-numbers';
import { planOf, type RateLimitWorld } from './world';

/** Bursts, and requests in flight. */
export function burstAndSlotTests(world: RateLimitWorld): void {
  const { ask, clock, passing, refused } = world;

  it('allows burst + 1 requests at once and then the steady rate', async () => {
    const plan = planOf({ requestsPerMinute: 60, burstRequests: 4 });
    expect(await passing(plan, 20)).toBe(5);
    expect(await refused(plan)).toMatchObject({ field: 'burstRequests', retryAfterMs: 1000 });
    clock.advance(1000);
    expect(await passing(plan, 20)).toBe(1);
    clock.advance(3000);
    expect(await passing(plan, 20)).toBe(3);
  });

  it('measures the burst against the shortest request limit, odd rates included', async () => {
    expect(await passing(planOf({ requestsPerMinute: 7, burstRequests: 3 }), 10)).toBe(4);
    clock.advance(Math.ceil(60_000 / 7));
    expect(await passing(planOf({ requestsPerMinute: 7, burstRequests: 3 }), 10)).toBe(1);
    const hourly = planOf({ requestsPerHour: 60, burstRequests: 1 }, { roleId: 'r2' });
    expect(await passing(hourly, 10)).toBe(2);
    clock.advance(60_000);
    expect(await passing(hourly, 10)).toBe(1);
  });

  it('lets the whole limit be used at once without a burst limit', async () => {
    expect(await passing(planOf({ requestsPerMinute: 60 }), 100)).toBe(60);
  });

  it('gives slots to as many requests as may be in flight, and again when they end', async () => {
    const plan = planOf({ maxConcurrentRequests: 10 });
    const answers = await Promise.all(Array.from({ length: 200 }, () => ask(plan)));
    const grants = answers.filter((answer): answer is Grant => answer.granted);
    expect(grants).toHaveLength(10);
    expect(await refused(plan)).toMatchObject({
      code: 'concurrency_limit_exceeded',
      field: 'maxConcurrentRequests',
    });
    await grants[0]?.release();
    await grants[0]?.release();
    expect(await passing(plan, 5)).toBe(1);
    await Promise.all(grants.map((grant) => grant.release()));
    expect(await passing(plan, 20)).toBe(9);
  });

  it('never has more in flight than slots, whatever the order of ends', async () => {
    const plan = planOf({ maxConcurrentRequests: 3 });
    const random = randomNumbers(3);
    const held: Grant[] = [];
    for (let step = 0; step < 300; step++) {
      if (random() < 0.5) {
        const answer = await ask(plan);
        expect(answer.granted).toBe(held.length < 3);
        if (answer.granted) held.push(answer);
      } else {
        await held.splice(Math.floor(random() * held.length), 1)[0]?.release();
      }
    }
  });
}
