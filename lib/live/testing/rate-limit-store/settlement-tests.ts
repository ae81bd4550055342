import { expect, it } from 'vitest';
import { planOf, type RateLimitWorld } from './world';

/** What a grant costs in the end, and what a caller is told of the rest. */
export function settlementTests(world: RateLimitWorld): void {
  const { check, clock, granted, passing, refused } = world;

  it('corrects the estimate to the tokens really used', async () => {
    const plan = planOf({ tokensPerMinute: 1000 });
    const grant = await granted(plan, 900);
    await refused(plan, 200);
    await grant.settle(300);
    await grant.settle(0);
    await granted(plan, 700);
    await refused(plan, 1);
    const over = await granted(planOf({ tokensPerMinute: 1000 }, { roleId: 'r3' }), 100);
    await over.settle(1500);
    expect(await refused(planOf({ tokensPerMinute: 1000 }, { roleId: 'r3' }), 1)).toMatchObject({
      retryAfterMs: 60_000,
    });
  });

  it('counts what was used beyond the estimate from the moment it is known', async () => {
    const plan = planOf({ tokensPerMinute: 1000 });
    const grant = await granted(plan, 100);
    clock.advance(90_000);
    await grant.settle(600);
    expect((await granted(plan, 0)).status.tokens?.remaining).toBe(500);
    clock.advance(60_000);
    expect((await granted(plan, 0)).status.tokens?.remaining).toBe(1000);
  });

  it('gives nothing back twice when the window has passed before the tokens are known', async () => {
    const plan = planOf({ tokensPerMinute: 1000 });
    const grant = await granted(plan, 1000);
    clock.advance(60_000);
    await granted(plan, 800);
    await grant.settle(0);
    await refused(plan, 201);
    await granted(plan, 200);
  });

  it('keeps the estimate charged when tokens are never settled', async () => {
    const plan = planOf({ tokensPerMinute: 100 });
    await (await granted(plan, 100)).release();
    await refused(plan, 1);
  });

  it('undoes a grant that a later stage refused', async () => {
    const plan = planOf({
      requestsPerMinute: 5,
      burstRequests: 1,
      tokensPerMinute: 100,
      maxConcurrentRequests: 1,
    });
    for (let go = 0; go < 20; go++) {
      const grant = await granted(plan, 100);
      await grant.cancel();
      await grant.cancel();
      await grant.settle(100);
    }
    expect((await granted(plan, 100)).status).toMatchObject({
      requests: { remaining: 1 },
      tokens: { remaining: 0 },
    });
  });

  it('reports the window that will refuse first, of equals the slower one', async () => {
    const plan = planOf({
      requestsPerMinute: 10,
      requestsPerHour: 11,
      tokensPerMinute: 500,
      tokensPerDay: 400,
    });
    expect((await granted(plan, 100)).status).toEqual({
      requests: { limit: 10, remaining: 9, resetMs: 60_000 },
      tokens: { limit: 400, remaining: 300, resetMs: 86_400_000 },
    });
    clock.advance(60_000);
    await granted(plan, 0);
    await granted(plan, 0);
    expect((await granted(plan, 0)).status.requests).toMatchObject({ limit: 11, remaining: 7 });
    await passing(plan, 3);
    clock.advance(60_000);
    expect((await granted(plan, 0)).status.requests).toEqual({
      limit: 11,
      remaining: 3,
      resetMs: 3_600_000,
    });
  });

  it('answers a check as it would a request, and takes nothing', async () => {
    const plan = planOf({ requestsPerMinute: 1, maxConcurrentRequests: 1 });
    const cost = { requests: 1, tokens: 0 };
    for (let go = 0; go < 5; go++) expect((await check(plan, cost)).granted).toBe(true);
    await granted(plan);
    expect(await check(plan, cost)).toMatchObject({
      granted: false,
      field: 'requestsPerMinute',
    });
  });
}
