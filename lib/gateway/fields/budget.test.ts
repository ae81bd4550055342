import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { policyFields } from '@/lib/policy/walk';
import type { RolePolicyInput } from '@/lib/policy/role-policy';
import { budgetGateway, type BudgetGateway } from '../testing/budget-gateway';
import { sendCompletion } from '../testing/test-upstream';

type Budget = NonNullable<RolePolicyInput['budgetPolicy']>;
const [MINUTE, DAY] = [60_000, 86_400_000];

let gateway: BudgetGateway;
beforeAll(async () => {
  gateway = await budgetGateway();
});
beforeEach(() => {
  // A month later nothing of the former test counts.
  gateway.clock.advance(32 * DAY);
  gateway.store.alerts.clear();
  gateway.upstream.answer(({ response }) =>
    sendCompletion(response, { promptTokens: 10, completionTokens: 100 }),
  );
});
afterAll(() => gateway.close());

type Answer = { status: number; code: string | null; message: string; headers: Headers };

/** A request whose worst case and cost are ten cents. */
async function ask(body: object = {}): Promise<Answer> {
  const answer = await gateway.chat({ max_tokens: 100, ...body });
  const text = await answer.text();
  const error =
    answer.status === 200
      ? { code: null, message: '' }
      : (JSON.parse(text) as { error: { code: string; message: string } }).error;
  return { status: answer.status, ...error, headers: answer.headers };
}
async function statuses(count: number): Promise<number[]> {
  const all: number[] = [];
  for (let index = 0; index < count; index += 1) all.push((await ask()).status);
  return all;
}
const warningsOf = ({ headers }: Answer) => headers.get('x-rolegate-warnings') ?? '';
/** Warnings of so many answers, each settled before the next is asked. */
async function warnings(count: number): Promise<string[]> {
  const all: string[] = [];
  for (let index = 0; index < count; index += 1) all.push(warningsOf(await ask()));
  return all;
}
async function alertsAfter(budget: Budget, requests: number): Promise<string[]> {
  gateway.setBudget({ dailyLimitUSD: 1, onExceeded: 'warn', ...budget });
  await statuses(requests);
  await gateway.ledger.flush();
  return [...gateway.store.alerts.values()].map(
    ({ channel, target, payload }) => `${payload.level} ${channel} ${target}`,
  );
}
const WEBHOOK = 'https://hooks.example.com/a';

const FIELDS: Record<keyof Budget, () => Promise<void>> = {
  enabled: async () => {
    gateway.setPolicy({ budgetPolicy: { dailyLimitUSD: 0.1, maxCostPerRequest: 0.01 } });
    expect(await statuses(3)).toEqual([200, 200, 200]);
    gateway.setBudget({ dailyLimitUSD: 0.1 });
    // What was spent while the section was off counts.
    expect(await ask()).toMatchObject({ status: 429, code: 'budget_exceeded' });
  },
  dailyLimitUSD: () => refusesUntil('dailyLimitUSD', 'daily', 'day'),
  weeklyLimitUSD: () => refusesUntil('weeklyLimitUSD', 'weekly', 'week'),
  monthlyLimitUSD: () => refusesUntil('monthlyLimitUSD', 'monthly', 'month'),
  maxCostPerRequest: async () => {
    gateway.setBudget({ maxCostPerRequest: 0.05 });
    const refused = await ask();
    expect(refused).toMatchObject({ status: 429, code: 'request_cost_exceeded' });
    expect(refused.message).toContain('Set max_tokens to 50 or less');
    expect(refused.headers.get('x-should-retry')).toBe('false');
    expect((await ask({ max_tokens: 50 })).status).toBe(200);
    expect((await ask({ max_tokens: 50, n: 2 })).status).toBe(429);
    // Nobody named a bound: the model's own limit counts.
    expect((await ask({ max_tokens: undefined })).status).toBe(429);
  },
  alertThreshold: async () => {
    gateway.setBudget({ dailyLimitUSD: 1, alertThreshold: 0.3, onExceeded: 'warn' });
    expect(await warnings(5)).toEqual(['', '', '', 'budget_alert', 'budget_alert']);
    expect(await alertsAfter({ alertThreshold: 0.3, alertWebhook: WEBHOOK }, 1)).toEqual([
      `warning webhook ${WEBHOOK}`,
    ]);
  },
  criticalThreshold: async () => {
    const budget = { alertThreshold: 0.2, criticalThreshold: 0.4 };
    gateway.setBudget({ dailyLimitUSD: 1, onExceeded: 'warn', ...budget });
    expect((await warnings(5)).at(-1)).toBe('budget_critical');
    expect(await alertsAfter({ ...budget, alertWebhook: WEBHOOK }, 1)).toEqual([
      `warning webhook ${WEBHOOK}`,
      `critical webhook ${WEBHOOK}`,
    ]);
  },
  alertWebhook: async () => {
    expect(await alertsAfter({ alertWebhook: WEBHOOK }, 8)).toEqual([`warning webhook ${WEBHOOK}`]);
    // Each level once.
    expect(await alertsAfter({ alertWebhook: WEBHOOK }, 4)).toEqual([
      `warning webhook ${WEBHOOK}`,
      `critical webhook ${WEBHOOK}`,
      `exceeded webhook ${WEBHOOK}`,
    ]);
  },
  alertEmails: async () => {
    expect(await alertsAfter({ alertEmails: ['a@example.com', 'b@example.com'] }, 8)).toEqual([
      'warning email a@example.com',
      'warning email b@example.com',
    ]);
  },
  alertSlack: async () => {
    const slack = 'https://hooks.slack.com/services/x';
    expect(await alertsAfter({ alertSlack: slack }, 8)).toEqual([`warning slack ${slack}`]);
  },
  onExceeded: async () => {
    gateway.setBudget({ dailyLimitUSD: 0.2, onExceeded: 'block' });
    expect(await statuses(3)).toEqual([200, 200, 429]);
    gateway.setBudget({ dailyLimitUSD: 0.2, onExceeded: 'warn' });
    const passed = await ask();
    expect(passed.status).toBe(200);
    expect(warningsOf(passed)).toBe('budget_exceeded');
    gateway.setBudget({ dailyLimitUSD: 0.2, onExceeded: 'throttle' });
    expect(warningsOf(await ask())).toContain('budget_throttled');
  },
  softLimitEnabled: async () => {
    gateway.setBudget({ dailyLimitUSD: 0.5, softLimitBuffer: 20 });
    expect(await statuses(6)).toEqual([200, 200, 200, 200, 200, 429]);
    gateway.setBudget({ dailyLimitUSD: 0.5, softLimitBuffer: 20, softLimitEnabled: true });
    const beyond = await ask();
    expect(beyond.status).toBe(200);
    expect(warningsOf(beyond)).toBe('budget_exceeded');
    expect((await ask()).code).toBe('budget_exceeded');
    expect(await gateway.settledToday()).toBe('0.6');
  },
  softLimitBuffer: async () => {
    const soft = { dailyLimitUSD: 0.5, softLimitEnabled: true };
    gateway.setBudget({ ...soft, softLimitBuffer: 0 });
    expect(await statuses(6)).toEqual([200, 200, 200, 200, 200, 429]);
    gateway.setBudget({ ...soft, softLimitBuffer: 40 });
    expect(await statuses(3)).toEqual([200, 200, 429]);
  },
  throttleRequestsPerMinute: async () => {
    const budget: Budget = { dailyLimitUSD: 0.1, onExceeded: 'throttle' };
    gateway.setBudget({ ...budget, throttleRequestsPerMinute: 2 });
    expect(await statuses(4)).toEqual([200, 200, 200, 429]);
    const refused = await ask();
    expect(refused).toMatchObject({ status: 429, code: 'rate_limit_exceeded' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    gateway.clock.advance(2 * MINUTE);
    gateway.setBudget({ ...budget, throttleRequestsPerMinute: 4 });
    expect(await statuses(5)).toEqual([200, 200, 200, 200, 429]);
  },
};

async function refusesUntil(
  field: 'dailyLimitUSD' | 'weeklyLimitUSD' | 'monthlyLimitUSD',
  name: string,
  window: 'day' | 'week' | 'month',
): Promise<void> {
  gateway.setBudget({ [field]: 0.3 });
  expect(await statuses(4)).toEqual([200, 200, 200, 429]);
  const refused = await ask();
  expect(refused.code).toBe('budget_exceeded');
  expect(refused.message).toContain(`The ${name} budget`);
  expect(refused.headers.get('x-should-retry')).toBe('false');
  const [reset] = /\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(refused.message) ?? [];
  const wait = Date.parse(reset!) - gateway.clock.now();
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual({ day: 1, week: 7, month: 31 }[window] * DAY);
  expect(Number(refused.headers.get('retry-after'))).toBe(Math.ceil(wait / 1000));
  gateway.setBudget({ [field]: 0.4 });
  expect(await statuses(2)).toEqual([200, 429]);
  gateway.clock.advance(wait);
  expect((await ask()).status).toBe(200);
}

describe('budgetPolicy', () => {
  const fields = policyFields().filter(({ section }) => section === 'budgetPolicy');
  it.each(fields.map(({ keys }) => keys.at(-1)!))('%s changes what the gateway does', (name) => {
    const proof = FIELDS[name as keyof Budget];
    if (!proof) throw new Error(`Show here what budgetPolicy.${name} changes.`);
    return proof();
  });

  it('refuses a model without a price under block, and lets it through under warn', async () => {
    gateway.setBudget({ dailyLimitUSD: 1 });
    expect(await ask({ model: 'test/unpriced' })).toMatchObject({
      status: 400,
      code: 'model_unpriced',
    });
    gateway.setBudget({ dailyLimitUSD: 1, onExceeded: 'warn' });
    const passed = await ask({ model: 'test/unpriced' });
    expect(passed.status).toBe(200);
    expect(warningsOf(passed)).toContain('cost_unknown');
  });

  it('charges retries, broken streams and clients that leave, marked as estimated', async () => {
    gateway.setPolicy({
      budgetPolicy: { enabled: true, dailyLimitUSD: 10 },
      resiliencePolicy: { enabled: true, maxRetries: 1, retryOnServerError: true },
    });
    let calls = 0;
    gateway.upstream.answer(({ response }) => {
      calls += 1;
      if (calls > 1) return sendCompletion(response, { completionTokens: 100 });
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(
        'data: {"id":"x","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"one two three four"},"finish_reason":null}]}\n\n',
        () => response.destroy(),
      );
    });
    const broken = await gateway.chat({ max_tokens: 100, stream: true });
    await broken.text();
    const receipt = await gateway.receipt(broken.headers.get('x-request-id'));
    expect(receipt.tokens.estimated).toBe(true);
    expect(receipt.tokens.output).toBe(4);
    expect(receipt.costUsd).toBe('0.004');
    expect(await gateway.settledToday()).toBe('0.004');
    await ask();
    expect(await gateway.settledToday()).toBe('0.104');
    expect(await gateway.leasedToday()).not.toBe('0');
    await gateway.ledger.drain();
    expect(await gateway.leasedToday()).toBe('0');
  });
});
