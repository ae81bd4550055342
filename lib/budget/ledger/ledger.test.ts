import { afterEach, describe, expect, it } from 'vitest';
import type { BudgetHold, BudgetRequest } from '@/lib/gateway/ports';
import { routeRequest } from '@/lib/gateway/testing/route-request';
import { createMemoryRateLimitStore } from '@/lib/live/memory-rate-limit-store';
import type { Deny } from '@/lib/policy/decision';
import type { RolePolicyInput } from '@/lib/policy/role-policy';
import { periodsAt } from '../periods';
import { LeasedLedger } from './ledger';
import { MemoryLedgerStore } from './memory-ledger-store';
import { toUnits, toUsd } from './units';

type Budget = NonNullable<RolePolicyInput['budgetPolicy']>;
const NOON = Date.UTC(2026, 5, 17, 12);

let stop: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const each of stop) await each();
  stop = [];
});

function setUp(options: { waitMs?: number } = {}) {
  const time = { now: NOON };
  const clock = { now: () => time.now };
  const store = new MemoryLedgerStore(clock.now);
  const journal = {
    appended: 0,
    append: () => void (journal.appended += 1),
    turn: () => () => undefined,
  };
  const rateLimits = createMemoryRateLimitStore({ clock });
  const ledger = new LeasedLedger({
    store,
    journal,
    replicaId: 'replica',
    clock,
    waitMs: options.waitMs ?? 0,
    rateLimits,
    onFault: (error) => {
      throw error;
    },
  });
  stop.push(() => rateLimits.close());
  let ids = 0;
  const request = (
    budgetPolicy: Budget,
    price: string | null = '0.01',
    timezone = 'UTC',
  ): BudgetRequest => {
    const made = routeRequest({
      policy: { budgetPolicy: { enabled: true, ...budgetPolicy } },
      connections: { a: ['m'] },
      prices: price === null ? {} : { 'a/m': price },
    });
    const principal = { ...made.principal, tenant: { ...made.principal.tenant, timezone } };
    return {
      ...made,
      principal,
      requestId: `request-${(ids += 1)}`,
      clock,
      targets: made.resolve('a/m'),
    };
  };
  /** Admits one request, reserves `worst`, settles `cost`. */
  const spend = async (
    budget: Budget,
    worst: string,
    cost = worst,
  ): Promise<{ deny: Deny | null; warnings: string[] }> => {
    const asked = request(budget);
    const opened = await ledger.open(asked);
    if (!('hold' in opened)) return { deny: opened.decision, warnings: [] };
    const warnings = opened.decision.warnings ?? [];
    const denied = await attempt(asked, opened.hold, worst, cost);
    return { deny: denied, warnings };
  };
  const attempt = async (
    asked: BudgetRequest,
    hold: BudgetHold,
    worst: string,
    cost: string,
  ): Promise<Deny | null> => {
    const target = asked.targets[0]!;
    const decision = await hold.reserve({ target, worstCaseUsd: worst });
    if (decision.verdict === 'deny') return decision;
    await hold.settle({ target, costUsd: cost, usage: null });
    await hold.close();
    return null;
  };
  const settledToday = async (): Promise<string> => {
    await ledger.flush();
    const totals = await store.totals({
      tenantId: 'tenant',
      roleId: 'role',
      periods: periodsAt(time.now, 'UTC'),
    });
    return toUsd(totals.day);
  };
  return { time, store, journal, ledger, request, spend, attempt, settledToday };
}

describe('block', () => {
  const DAY = { dailyLimitUSD: 1, onExceeded: 'block' as const };

  it('lets no more through than the limit, to the last cent', async () => {
    const { spend, settledToday } = setUp();
    const results = [];
    for (let index = 0; index < 120; index += 1) results.push(await spend(DAY, '0.01'));
    expect(results.filter((each) => each.deny === null)).toHaveLength(100);
    expect(await settledToday()).toBe('1');
  });

  it('never overdraws under 1,000 parallel requests, and uses nearly all of it', async () => {
    const { ledger, request, settledToday } = setUp({ waitMs: 2000 });
    const one = async (): Promise<boolean> => {
      const asked = request(DAY);
      const opened = await ledger.open(asked);
      if (!('hold' in opened)) return false;
      const target = asked.targets[0]!;
      const decision = await opened.hold.reserve({ target, worstCaseUsd: '0.01' });
      if (decision.verdict === 'deny') return false;
      await new Promise((resolve) => setImmediate(resolve));
      await opened.hold.settle({ target, costUsd: '0.002', usage: null });
      await opened.hold.close();
      return true;
    };
    const passed = (await Promise.all(Array.from({ length: 1000 }, one))).filter(Boolean).length;
    const spent = Number(await settledToday());
    expect(spent).toBeLessThanOrEqual(1);
    expect(passed).toBeGreaterThanOrEqual(475);
  });

  it.each([
    ['dailyLimitUSD', 'daily', '2026-06-18T00:00:00.000Z'],
    ['weeklyLimitUSD', 'weekly', '2026-06-22T00:00:00.000Z'],
    ['monthlyLimitUSD', 'monthly', '2026-07-01T00:00:00.000Z'],
  ])('%s refuses with its own window and reset', async (field, name, reset) => {
    const { spend } = setUp();
    const budget = { [field]: 0.5, onExceeded: 'block' as const };
    expect((await spend(budget, '0.5')).deny).toBeNull();
    const { deny } = await spend(budget, '0.01');
    expect(deny).toMatchObject({ code: 'budget_exceeded' });
    expect(deny!.message).toContain(`The ${name} budget`);
    expect(deny!.message).toContain(reset);
  });

  it('begins anew with the next window', async () => {
    const { spend, time } = setUp();
    await spend(DAY, '1');
    expect((await spend(DAY, '0.01')).deny).not.toBeNull();
    time.now += 12 * 3_600_000;
    expect((await spend(DAY, '0.01')).deny).toBeNull();
  });

  it('charges a request to the window in which it was admitted', async () => {
    const { ledger, request, time, store } = setUp();
    const asked = request(DAY);
    const opened = await ledger.open(asked);
    if (!('hold' in opened)) throw new Error('refused');
    const target = asked.targets[0]!;
    await opened.hold.reserve({ target, worstCaseUsd: '0.5' });
    time.now += 24 * 3_600_000;
    await ledger.open(request(DAY));
    await opened.hold.settle({ target, costUsd: '0.4', usage: null });
    await ledger.flush();
    const totals = (at: number) =>
      store.totals({ tenantId: 'tenant', roleId: 'role', periods: periodsAt(at, 'UTC') });
    expect((await totals(NOON)).day).toBe(toUnits('0.4'));
    expect((await totals(time.now)).day).toBe(0n);
  });

  it('puts a changed limit in force at once, both ways', async () => {
    const { spend } = setUp();
    await spend(DAY, '0.5');
    expect((await spend({ ...DAY, dailyLimitUSD: 0.5 }, '0.01')).deny).not.toBeNull();
    expect((await spend({ ...DAY, dailyLimitUSD: 0.6 }, '0.1')).deny).toBeNull();
    expect((await spend({ ...DAY, dailyLimitUSD: 0.6 }, '0.01')).deny).not.toBeNull();
  });

  it('gives what was reserved and not spent to the next request', async () => {
    const { spend } = setUp();
    for (let index = 0; index < 50; index += 1)
      expect((await spend(DAY, '0.9', '0.001')).deny).toBeNull();
  });

  it('refuses a model without a price', async () => {
    const { ledger, request } = setUp();
    const named = await ledger.open(request(DAY, null));
    expect(named).toMatchObject({ decision: { verdict: 'deny', code: 'model_unpriced' } });
    const routed = await ledger.open({ ...request(DAY, null), targets: [] });
    if (!('hold' in routed)) throw new Error('refused');
    const target = request(DAY).targets[0]!;
    const decision = await routed.hold.reserve({ target, worstCaseUsd: null });
    expect(decision).toMatchObject({ verdict: 'deny', code: 'model_unpriced' });
  });

  it('with a soft limit lets the buffer through, warned, and no more', async () => {
    const { spend, settledToday } = setUp();
    const soft = { ...DAY, softLimitEnabled: true, softLimitBuffer: 10 };
    const results = [];
    for (let index = 0; index < 120; index += 1) results.push(await spend(soft, '0.01'));
    const passed = results.filter((each) => each.deny === null);
    expect(passed).toHaveLength(110);
    expect(passed.filter((each) => each.warnings.includes('budget_exceeded'))).toHaveLength(10);
    expect(await settledToday()).toBe('1.1');
  });
});

describe('warnings', () => {
  it('rise with the thresholds of the policy', async () => {
    const { spend } = setUp();
    const budget = {
      dailyLimitUSD: 1,
      alertThreshold: 0.5,
      criticalThreshold: 0.75,
      onExceeded: 'warn' as const,
    };
    const seen = [];
    for (let index = 0; index < 6; index += 1) seen.push((await spend(budget, '0.25')).warnings);
    expect(seen).toEqual([
      [],
      [],
      ['budget_alert'],
      ['budget_critical'],
      ['budget_exceeded'],
      ['budget_exceeded'],
    ]);
  });

  it('never refuse under warn, an unpriced model included', async () => {
    const { spend, ledger, request } = setUp();
    const budget = { dailyLimitUSD: 0.01, onExceeded: 'warn' as const };
    for (let index = 0; index < 5; index += 1) expect((await spend(budget, '1')).deny).toBeNull();
    const asked = request(budget, null);
    const opened = await ledger.open(asked);
    if (!('hold' in opened)) throw new Error('refused');
    expect(
      (await opened.hold.reserve({ target: asked.targets[0]!, worstCaseUsd: null })).verdict,
    ).toBe('skip');
  });
});

describe('throttle', () => {
  it('lets throttleRequestsPerMinute through once the limit is passed, warned', async () => {
    const { spend } = setUp();
    const budget = {
      dailyLimitUSD: 0.1,
      onExceeded: 'throttle' as const,
      throttleRequestsPerMinute: 3,
    };
    expect((await spend(budget, '0.1')).deny).toBeNull();
    const results = [];
    for (let index = 0; index < 5; index += 1) results.push(await spend(budget, '0.01'));
    expect(results.map((each) => each.deny?.code ?? 'passed')).toEqual([
      'passed',
      'passed',
      'passed',
      'rate_limit_exceeded',
      'rate_limit_exceeded',
    ]);
    expect(results[0]!.warnings).toContain('budget_throttled');
  });
});

describe('maxCostPerRequest', () => {
  it('refuses by worst case, retries of the same request counted in, and names the answer that fits', async () => {
    const { ledger, request } = setUp();
    const base = request({ maxCostPerRequest: 0.05 });
    const prices = {
      costOf: () => null,
      worstCaseOf: (_target: unknown, tokens: { input: number; output: number }) =>
        toUsd(toUnits('0.001') * BigInt(tokens.input) + toUnits('0.001') * BigInt(tokens.output)),
    };
    const asked: BudgetRequest = {
      ...base,
      targets: [],
      principal: { ...base.principal, prices },
      tokens: { input: 10, output: 100 },
    };
    const target = base.targets[0]!;
    expect(await ledger.open({ ...asked, targets: base.targets })).toMatchObject({
      decision: { code: 'request_cost_exceeded' },
    });
    const opened = await ledger.open(asked);
    if (!('hold' in opened)) throw new Error('refused');
    const denied = await opened.hold.reserve({ target, worstCaseUsd: '0.11' });
    expect(denied).toMatchObject({
      verdict: 'deny',
      code: 'request_cost_exceeded',
      param: 'max_tokens',
    });
    expect((denied as Deny).message).toContain('Set max_tokens to 40 or less');
    expect((await opened.hold.reserve({ target, worstCaseUsd: '0.05' })).verdict).toBe('allow');
    await opened.hold.settle({ target, costUsd: '0.03', usage: null });
    expect(await opened.hold.reserve({ target, worstCaseUsd: '0.03' })).toMatchObject({
      code: 'request_cost_exceeded',
    });
  });
});

describe('the section', () => {
  it('does nothing while it is off', async () => {
    const { spend, journal } = setUp();
    for (let index = 0; index < 3; index += 1) {
      expect((await spend({ enabled: false, dailyLimitUSD: 0.01 }, '1')).deny).toBeNull();
    }
    expect(journal.appended).toBe(0);
  });

  it("counts days by the tenant's calendar", async () => {
    const { ledger, request, time, attempt } = setUp();
    const budget = { dailyLimitUSD: 0.1, onExceeded: 'block' as const };
    const go = async (): Promise<Deny | null> => {
      const asked = request(budget, '0.1', 'Asia/Kathmandu');
      const opened = await ledger.open(asked);
      return 'hold' in opened ? attempt(asked, opened.hold, '0.1', '0.1') : opened.decision;
    };
    time.now = Date.parse('2026-06-17T18:14:00Z');
    expect(await go()).toBeNull();
    expect(await go()).toMatchObject({ code: 'budget_exceeded' });
    time.now = Date.parse('2026-06-17T18:15:00Z');
    expect(await go()).toBeNull();
  });
});

describe('leases', () => {
  it('go back to the store on a drain', async () => {
    const { spend, ledger, store } = setUp();
    await spend({ dailyLimitUSD: 1 }, '0.01');
    await ledger.drain();
    const key = { tenantId: 'tenant', roleId: 'role', periods: periodsAt(NOON, 'UTC') };
    expect(store.row(key, 'day')).toMatchObject({ settled: toUnits('0.01'), leased: 0n });
  });

  it('go back when a role has been quiet for a while', async () => {
    const { spend, ledger, store, time } = setUp();
    await spend({ dailyLimitUSD: 1 }, '0.01');
    time.now += 21_000;
    await ledger.flush();
    const key = { tenantId: 'tenant', roleId: 'role', periods: periodsAt(NOON, 'UTC') };
    expect(store.row(key, 'day').leased).toBe(0n);
  });

  it('are not spent from once they may have been reclaimed', async () => {
    const { spend, store, time, settledToday } = setUp();
    const budget = { dailyLimitUSD: 1 };
    await spend(budget, '0.01');
    time.now += 60_000;
    await store.reclaim(45_000);
    const other = { tenantId: 'tenant', roleId: 'role', periods: periodsAt(NOON, 'UTC') };
    const caps = { day: toUnits('1'), week: null, month: null };
    await store.lease({
      ...other,
      replicaId: 'other',
      caps,
      needed: toUnits('0.98'),
      wanted: toUnits('0.98'),
      giveBack: 0n,
    });
    expect((await spend(budget, '0.1')).deny).not.toBeNull();
    expect(Number(await settledToday())).toBeLessThanOrEqual(0.02);
  });
});

describe('a dry run', () => {
  it('answers as the budget would, under the policy that is tried, and takes nothing', async () => {
    const { spend, ledger, request, store } = setUp();
    const budget = { dailyLimitUSD: 1 };
    await spend(budget, '0.5');
    const tried = { ...request({ dailyLimitUSD: 0.4 }), dryRun: true };
    expect(await ledger.open(tried)).toMatchObject({ decision: { code: 'budget_exceeded' } });
    expect((await spend(budget, '0.5')).deny).toBeNull();
    const unknown = { ...request({ dailyLimitUSD: 0.4 }), dryRun: true };
    unknown.principal = { ...unknown.principal, role: { id: 'another', name: 'another' } };
    expect(await ledger.open(unknown)).toMatchObject({ decision: { verdict: 'allow' } });
    const key = { tenantId: 'tenant', roleId: 'another', periods: periodsAt(NOON, 'UTC') };
    expect(store.row(key, 'day')).toEqual({ settled: 0n, leased: 0n, overdraft: 0n });
  });
});
