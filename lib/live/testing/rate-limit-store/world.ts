import { afterEach, beforeEach } from 'vitest';
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
export const gpt = { provider: 'openai', model: 'gpt-4o' };
export const claude = { provider: 'anthropic', model: 'claude-3-opus' };

/** What a policy of these limits asks of the store, of one role and key unless told. */
export function planOf(
  limits: Partial<RateLimitPolicy>,
  of: Partial<Parameters<typeof planRateLimits>[1]> = {},
): RateLimitPlan {
  const document = rolePolicySchema.parse({ rateLimitPolicy: { enabled: true, ...limits } });
  return planRateLimits(compilePolicy(document), { ...subject, ...of });
}

/** A fresh store for every test, with a clock that stands still until it is told. */
export type RateLimitWorld = {
  clock: FakeClock;
  check: RateLimitStore['check'];
  ask(plan: RateLimitPlan, tokens?: number): Promise<Grant | Refusal>;
  /** @throws Error when it is refused */
  granted(plan: RateLimitPlan, tokens?: number): Promise<Grant>;
  /** @throws Error when it is granted */
  refused(plan: RateLimitPlan, tokens?: number): Promise<Refusal>;
  /** How many of so many requests at once are granted. */
  passing(plan: RateLimitPlan, attempts: number): Promise<number>;
};

export function rateLimitWorld(
  open: (clock: FakeClock) => Promise<RateLimitStore>,
): RateLimitWorld {
  let clock = fakeClock();
  let store: RateLimitStore;

  beforeEach(async () => {
    clock = fakeClock();
    store = await open(clock);
  });
  afterEach(async () => {
    await store.close();
  });

  const ask = (plan: RateLimitPlan, tokens = 0) => store.acquire(plan, { requests: 1, tokens });
  return {
    clock: { now: () => clock.now(), advance: (ms) => clock.advance(ms) },
    check: (...question) => store.check(...question),
    ask,
    async granted(plan, tokens) {
      const answer = await ask(plan, tokens);
      if (!answer.granted) throw new Error(`refused: ${answer.message}`);
      return answer;
    },
    async refused(plan, tokens) {
      const answer = await ask(plan, tokens);
      if (answer.granted) throw new Error('granted');
      return answer;
    },
    async passing(plan, attempts) {
      const answers = await Promise.all(Array.from({ length: attempts }, () => ask(plan)));
      return answers.filter((answer) => answer.granted).length;
    },
  };
}
