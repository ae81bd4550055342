import { expect, it } from 'vitest';
import { randomNumbers } from './random-numbers';
import { planOf, type RateLimitWorld } from './world';

/** Sliding windows of requests and tokens. */
export function windowTests(world: RateLimitWorld): void {
  const { ask, clock, granted, passing, refused } = world;

  it('grants everything when nothing is limited', async () => {
    expect(await passing(planOf({}), 50)).toBe(50);
    expect((await granted(planOf({}))).status).toEqual({ requests: null, tokens: null });
  });

  it('refuses once the window is full, and says exactly when the next one passes', async () => {
    const plan = planOf({ requestsPerMinute: 2 });
    await granted(plan);
    clock.advance(10_000);
    await granted(plan);
    const refusal = await refused(plan);
    expect(refusal).toMatchObject({
      code: 'rate_limit_exceeded',
      field: 'requestsPerMinute',
      retryAfterMs: 50_000,
    });
    clock.advance(49_999);
    await refused(plan);
    clock.advance(1);
    await granted(plan);
    await refused(plan);
  });

  it('lets exactly 100 of 300 parallel requests pass at 100 a minute', async () => {
    expect(await passing(planOf({ requestsPerMinute: 100 }), 300)).toBe(100);
  });

  it.each([
    ['requestsPerMinute', 60_000],
    ['requestsPerHour', 3_600_000],
    ['requestsPerDay', 86_400_000],
  ] as const)('holds %s in its own window', async (field, windowMs) => {
    const plan = planOf({ [field]: 3 });
    expect(await passing(plan, 5)).toBe(3);
    clock.advance(windowMs - 1);
    expect(await passing(plan, 5)).toBe(0);
    clock.advance(1);
    expect(await passing(plan, 5)).toBe(3);
  });

  it.each([
    ['tokensPerMinute', 60_000],
    ['tokensPerHour', 3_600_000],
    ['tokensPerDay', 86_400_000],
  ] as const)('holds %s in its own window', async (field, windowMs) => {
    const plan = planOf({ [field]: 1000 });
    await granted(plan, 700);
    expect(await refused(plan, 301)).toMatchObject({
      code: 'token_rate_limit_exceeded',
      field,
      retryAfterMs: windowMs,
    });
    await granted(plan, 300);
    clock.advance(windowMs);
    await granted(plan, 1000);
  });

  it('never lets more than the limit through in any span of the window', async () => {
    const plan = planOf({ requestsPerMinute: 7 });
    const passed: number[] = [];
    const random = randomNumbers(7);
    for (let step = 0; step < 400; step++) {
      clock.advance(Math.floor(random() * 4000));
      for (let go = 0; go < random() * 4; go++)
        if ((await ask(plan)).granted) passed.push(clock.now());
    }
    expect(passed.length).toBeGreaterThan(50);
    for (const at of passed) {
      const inWindow = passed.filter((other) => other > at - 60_000 && other <= at);
      expect(inWindow.length).toBeLessThanOrEqual(7);
    }
  });

  it('never admits more tokens than the limit in any span, while estimates are corrected downwards', async () => {
    const plan = planOf({ tokensPerMinute: 1000 });
    const used: { at: number; tokens: number }[] = [];
    const random = randomNumbers(5);
    for (let step = 0; step < 300; step++) {
      clock.advance(Math.floor(random() * 5000));
      const estimate = 1 + Math.floor(random() * 400);
      const answer = await ask(plan, estimate);
      if (!answer.granted) continue;
      const actual = Math.floor(random() * estimate);
      used.push({ at: clock.now(), tokens: actual });
      await answer.settle(actual);
    }
    expect(used.length).toBeGreaterThan(100);
    for (const { at } of used) {
      const span = used.filter((other) => other.at > at - 60_000 && other.at <= at);
      expect(span.reduce((sum, { tokens }) => sum + tokens, 0)).toBeLessThanOrEqual(1000);
    }
  });

  it('gives capacity back within a sixtieth of the window after it is due', async () => {
    const plan = planOf({ requestsPerMinute: 60 });
    for (let second = 0; second < 60; second++) {
      await granted(plan);
      clock.advance(1000);
    }
    for (let second = 0; second < 60; second++) {
      await granted(plan);
      clock.advance(1000);
    }
  });

  it('keeps its retry-after promise whatever came before', async () => {
    const plan = planOf({ requestsPerMinute: 9, requestsPerHour: 40, burstRequests: 4 });
    const random = randomNumbers(11);
    let promises = 0;
    for (let step = 0; step < 200; step++) {
      clock.advance(Math.floor(random() * 9000));
      const answer = await ask(plan);
      if (answer.granted) continue;
      promises++;
      clock.advance(Math.ceil(answer.retryAfterMs ?? Number.NaN));
      await granted(plan);
    }
    expect(promises).toBeGreaterThan(20);
  });

  it('consumes nothing in any window when one of them refuses', async () => {
    const plan = planOf({
      requestsPerMinute: 10,
      tokensPerMinute: 100,
      maxConcurrentRequests: 10,
      burstRequests: 9,
    });
    await granted(plan, 60);
    for (let go = 0; go < 20; go++) await refused(plan, 50);
    const { status } = await granted(plan, 40);
    expect(status).toMatchObject({ requests: { remaining: 8 }, tokens: { remaining: 0 } });
  });

  it('refuses for good what alone exceeds a token limit, and says so', async () => {
    const refusal = await refused(planOf({ tokensPerMinute: 100 }), 101);
    expect(refusal).toMatchObject({ code: 'token_rate_limit_exceeded', retryAfterMs: null });
    expect(refusal.message).toMatch(/never pass/);
  });

  it('names the limit that holds longest', async () => {
    const plan = planOf({ requestsPerMinute: 1, requestsPerHour: 1 });
    await granted(plan);
    expect(await refused(plan)).toMatchObject({
      field: 'requestsPerHour',
      retryAfterMs: 3_600_000,
    });
  });

  it('stays in order when the clock steps back', async () => {
    const plan = planOf({ requestsPerMinute: 3 });
    await granted(plan);
    clock.advance(-5000);
    await granted(plan);
    await granted(plan);
    await refused(plan);
    clock.advance(65_000);
    expect(await passing(plan, 9)).toBe(3);
  });
}
