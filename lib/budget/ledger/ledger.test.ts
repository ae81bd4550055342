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
    append: (): void => void (journal.appended += 1),
    turn: () => () => undefined as void,
  };
  const rateLimits = createMemoryRateLimitStore({ clock });
  const ledger = new LeasedLedger({
    store,
    journal,
    replicaId: 'replica',
    clock,
    waitMs: options.waitMs ?? 0,
    rateLimits,
    onFault: (error) => void faults.push(error),
  });
  const faults: unknown[] = [];
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
  return { time, store, journal, faults, ledger, request, spend, attempt, settledToday };
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
    expect((denied as Deny).message).toContain('Set max_tokens to 32 or less');
    expect((await opened.hold.reserve({ target, worstCaseUsd: '0.05' })).verdict).toBe('allow');
    await opened.hold.settle({ target, costUsd: '0.03', usage: null });
    expect(await opened.hold.reserve({ target, worstCaseUsd: '0.03' })).toMatchObject({
      code: 'request_cost_exceeded',
    });
  });
});

describe('the section', () => {
  it('refuses nothing while it is off, and counts what was spent meanwhile once it is on', async () => {
    const { spend, settledToday } = setUp();
    for (let index = 0; index < 3; index += 1) {
      const { deny, warnings } = await spend({ enabled: false, dailyLimitUSD: 0.01 }, '1');
      expect({ deny, warnings }).toEqual({ deny: null, warnings: [] });
    }
    expect((await spend({ dailyLimitUSD: 2 }, '0.01')).deny).toMatchObject({
      code: 'budget_exceeded',
    });
    expect(await settledToday()).toBe('3');
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
  it('are drawn ahead: once warm, no request of 1,000 waits for the store', async () => {
    const { ledger, request, attempt, store } = setUp();
    const budget = { dailyLimitUSD: 1000 };
    const warm = async () => {
      const asked = request(budget);
      const opened = await ledger.open(asked);
      if (!('hold' in opened)) throw new Error('refused');
      expect(await attempt(asked, opened.hold, '0.01', '0.01')).toBeNull();
    };
    for (let index = 0; index < 10; index += 1) await warm();
    let calls = 0;
    // A store that never answers again: whoever waited for it would wait for ever.
    store.lease = () => {
      calls += 1;
      return new Promise(() => undefined);
    };
    store.totals = () => new Promise(() => undefined);
    for (let index = 0; index < 1000; index += 1) await warm();
    expect(calls).toBeLessThanOrEqual(1);
  });

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

describe('clocks and calendars', () => {
  const DAY = { dailyLimitUSD: 1, onExceeded: 'block' as const };

  it('stepped back over midnight and forward again, count every cent once', async () => {
    const { spend, ledger, time, store } = setUp();
    time.now = Date.UTC(2026, 5, 18, 0, 0, 5);
    await spend(DAY, '0.3');
    time.now -= 10_000;
    await spend(DAY, '0.2');
    time.now += 10_000;
    await spend(DAY, '0.3');
    await ledger.flush();
    const totals = (at: number) =>
      store.totals({ tenantId: 'tenant', roleId: 'role', periods: periodsAt(at, 'UTC') });
    expect((await totals(time.now)).day).toBe(toUnits('0.6'));
    expect((await totals(NOON)).day).toBe(toUnits('0.2'));
    expect((await totals(NOON)).month).toBe(toUnits('0.8'));
  });

  it('stepped back by a day, leave no role refused because it was refused in the future', async () => {
    const { spend, time } = setUp();
    await spend(DAY, '1');
    expect((await spend(DAY, '0.01')).deny).not.toBeNull();
    time.now -= 24 * 3_600_000;
    expect((await spend(DAY, '0.01')).deny).toBeNull();
  });

  it("go on counting when the tenant's time zone changes in mid-window", async () => {
    const { ledger, request, attempt } = setUp();
    const go = async (timezone: string, worst: string): Promise<Deny | null> => {
      const asked = request(DAY, '0.01', timezone);
      const opened = await ledger.open(asked);
      if (!('hold' in opened)) return opened.decision;
      const denied = await attempt(asked, opened.hold, worst, worst);
      await ledger.flush();
      return denied;
    };
    expect(await go('UTC', '0.6')).toBeNull();
    expect(await go('Europe/Berlin', '0.5')).toMatchObject({ code: 'budget_exceeded' });
    expect(await go('Europe/Berlin', '0.3')).toBeNull();
    expect(await go('UTC', '0.2')).toMatchObject({ code: 'budget_exceeded' });
    expect(await go('Asia/Tokyo', '0.1')).toBeNull();
  });
});

describe('the journal', () => {
  it('keeps each entry until it is stored, however flushes and settlements overlap', async () => {
    const { ledger, request, attempt, store, journal } = setUp();
    const pages: { ids: string[]; gone: boolean }[] = [{ ids: [], gone: false }];
    journal.append = (_key?: unknown, entry?: { id: string }) =>
      void pages.at(-1)!.ids.push(entry!.id);
    journal.turn = () => {
      const old = pages.slice();
      pages.push({ ids: [], gone: false });
      return () => {
        for (const page of old) page.gone = true;
        return undefined;
      };
    };
    const stored = new Set<string>();
    const settle = store.settle.bind(store);
    store.settle = async (asked) => {
      await new Promise((resolve) => setImmediate(resolve));
      const result = await settle(asked);
      for (const entry of asked.entries) stored.add(entry.id);
      return result;
    };
    const flushes: Promise<void>[] = [];
    for (let index = 0; index < 200; index += 1) {
      const asked = request({ dailyLimitUSD: 10 });
      const opened = await ledger.open(asked);
      if (!('hold' in opened)) throw new Error('refused');
      await attempt(asked, opened.hold, '0.01', '0.01');
      if (index % 3 === 0) flushes.push(ledger.flush());
      const lost = pages.filter((page) => page.gone).flatMap((page) => page.ids);
      expect(lost.filter((id) => !stored.has(id))).toEqual([]);
    }
    await Promise.all(flushes);
    await ledger.flush();
    expect(stored.size).toBe(200);
  });

  it('that cannot be written to loses nothing: the money is spent and stored all the same', async () => {
    const { spend, journal, faults, settledToday } = setUp();
    journal.append = () => {
      throw new Error('no space left on device');
    };
    expect((await spend({ dailyLimitUSD: 1 }, '0.4')).deny).toBeNull();
    expect(await settledToday()).toBe('0.4');
    expect(faults).toHaveLength(1);
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
