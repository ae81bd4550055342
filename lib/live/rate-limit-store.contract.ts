import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compilePolicy } from '@/lib/policy/compile';
import { planRateLimits, type RateLimitPlan } from '@/lib/policy/rate-limit/plan';
import type { RateLimitPolicy } from '@/lib/policy/rate-limit/schema';
import type { Grant, RateLimitStore, Refusal } from '@/lib/policy/rate-limit/store';
import { rolePolicySchema } from '@/lib/policy/role-policy';

export type FakeClock = { now(): number; advance(ms: number): void };

export function fakeClock(start = Date.UTC(2026, 0, 5, 12)): FakeClock {
  let now = start;
  return { now: () => now, advance: (ms) => void (now += ms) };
}

const subject = { tenantId: 't1', roleId: 'r1', keyId: 'k1', target: null };
const gpt = { provider: 'openai', model: 'gpt-4o' };
const claude = { provider: 'anthropic', model: 'claude-3-opus' };

export function planOf(
  limits: Partial<RateLimitPolicy>,
  of: Partial<Parameters<typeof planRateLimits>[1]> = {},
): RateLimitPlan {
  const document = rolePolicySchema.parse({ rateLimitPolicy: { enabled: true, ...limits } });
  return planRateLimits(compilePolicy(document), { ...subject, ...of });
}

/** What every store of rate limits promises; run against each of them. */
export function rateLimitStoreContract(
  name: string,
  open: (clock: FakeClock) => Promise<RateLimitStore>,
): void {
  describe(`rate limit store: ${name}`, () => {
    let clock: FakeClock;
    let store: RateLimitStore;

    beforeEach(async () => {
      clock = fakeClock();
      store = await open(clock);
    });
    afterEach(async () => {
      await store.close();
    });

    const ask = (plan: RateLimitPlan, tokens = 0) => store.acquire(plan, { requests: 1, tokens });
    async function granted(plan: RateLimitPlan, tokens = 0): Promise<Grant> {
      const answer = await ask(plan, tokens);
      if (!answer.granted) throw new Error(`refused: ${answer.message}`);
      return answer;
    }
    async function refused(plan: RateLimitPlan, tokens = 0): Promise<Refusal> {
      const answer = await ask(plan, tokens);
      if (answer.granted) throw new Error('granted');
      return answer;
    }
    async function passing(plan: RateLimitPlan, attempts: number): Promise<number> {
      const answers = await Promise.all(Array.from({ length: attempts }, () => ask(plan)));
      return answers.filter((answer) => answer.granted).length;
    }

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

    it('keeps roles and tenants apart, and keys with scope key', async () => {
      const limits = { requestsPerMinute: 1 };
      await granted(planOf(limits));
      await refused(planOf(limits, { keyId: 'k2' }));
      await granted(planOf(limits, { roleId: 'r2' }));
      await granted(planOf(limits, { tenantId: 't2' }));
      const byKey = { ...limits, scope: 'key' } as const;
      await granted(planOf(byKey));
      await refused(planOf(byKey));
      await granted(planOf(byKey, { keyId: 'k2' }));
    });

    it('counts models that match a pattern together, and others not at all', async () => {
      const limits = { perModel: { 'gpt-*': { requestsPerMinute: 2, tokensPerMinute: 0 } } };
      await granted(planOf(limits, { target: gpt }));
      await granted(planOf(limits, { target: { provider: 'azure', model: 'gpt-4.1' } }));
      expect(await refused(planOf(limits, { target: gpt }))).toMatchObject({
        field: 'perModel.gpt-*.requestsPerMinute',
      });
      await granted(planOf(limits, { target: claude }));
    });

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

    it('extends a grant to the windows of its final model without charging the others again', async () => {
      const limits = {
        requestsPerMinute: 10,
        maxConcurrentRequests: 1,
        perModel: { 'gpt-4o': { requestsPerMinute: 1, tokensPerMinute: 100 } },
      };
      const grant = await granted(planOf(limits), 40);
      expect(await grant.extend(planOf(limits, { target: gpt }))).toBeNull();
      await grant.release();
      const second = await granted(planOf(limits), 40);
      expect(second.status.requests?.remaining).toBe(8);
      expect(await second.extend(planOf(limits, { target: gpt }))).toMatchObject({
        granted: false,
        field: 'perModel.gpt-4o.requestsPerMinute',
      });
      expect(await second.extend(planOf(limits, { target: claude }))).toBeNull();
    });

    it('gives a former model its tokens back when a fallback takes over', async () => {
      const limits = {
        perModel: {
          'gpt-4o': { requestsPerMinute: 0, tokensPerMinute: 100 },
          'claude-*': { requestsPerMinute: 0, tokensPerMinute: 100 },
        },
      };
      const grant = await granted(planOf(limits, { target: gpt }), 100);
      expect(await grant.extend(planOf(limits, { target: claude }))).toBeNull();
      await grant.settle(30);
      await granted(planOf(limits, { target: gpt }), 100);
      await granted(planOf(limits, { target: claude }), 70);
      await refused(planOf(limits, { target: claude }), 1);
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
      for (let go = 0; go < 5; go++) expect((await store.check(plan, cost)).granted).toBe(true);
      await granted(plan);
      expect(await store.check(plan, cost)).toMatchObject({
        granted: false,
        field: 'requestsPerMinute',
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
  });
}

/** Repeatable numbers in [0, 1): Park and Miller's generator. */
function randomNumbers(seed: number): () => number {
  let state = seed * 7919 + 1;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}
