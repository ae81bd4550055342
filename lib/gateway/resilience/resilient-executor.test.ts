import { describe, expect, it } from 'vitest';
import type { BudgetHold, ExecutionRequest, PlannedTarget } from '@/lib/gateway/ports';
import { LatencyFacts } from '@/lib/gateway/router/latency-facts';
import { routeRequest } from '@/lib/gateway/testing/route-request';
import { type AttemptRecord, UpstreamError, type UpstreamAnswer } from '@/lib/gateway/types';
import type { RolePolicyInput } from '@/lib/policy/role-policy';
import { MemoryBreakers } from './breaker';
import { createResilientExecutor } from './resilient-executor';

type Script = (UpstreamError | 'ok')[];
type Resilience = NonNullable<RolePolicyInput['resiliencePolicy']>;

const status = (code: number, options: ConstructorParameters<typeof UpstreamError>[2] = {}) =>
  new UpstreamError('status', `status ${code}`, { status: code, ...options });

const ANSWER: UpstreamAnswer = {
  stream: false,
  completion: { id: '1', object: 'chat.completion', created: 0, model: 'm', choices: [] },
  usage: null,
};

/** Runs one request against scripted upstreams: connection name -> what each call brings, the last one for ever. */
function setUp(
  resilience: Resilience,
  scripts: Record<string, Script>,
  names = Object.keys(scripts),
) {
  const time = { now: 0 };
  const waits: number[] = [];
  const calls: string[] = [];
  const attempts: AttemptRecord[] = [];
  const reserved: string[] = [];
  const breakers = new MemoryBreakers({ now: () => time.now });
  const executor = createResilientExecutor({
    breakers,
    latency: new LatencyFacts({ now: () => time.now }),
    sleep: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
    random: () => 0.5,
  });
  const budget: BudgetHold = {
    reserve: ({ target }) => {
      reserved.push(target.connection.name);
      return Promise.resolve({ verdict: 'skip', reason: 'no budget' });
    },
    settle: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  const request = routeRequest({
    policy: { resiliencePolicy: { enabled: true, retryJitter: false, ...resilience } },
    connections: Object.fromEntries(names.map((name) => [name, ['m']])),
  });
  const targets = names.flatMap((name) => request.resolve(`${name}/m`)) as [
    PlannedTarget,
    ...PlannedTarget[],
  ];
  const execution: ExecutionRequest = {
    ...request,
    plan: { strategy: 'explicit', reason: '', targets, candidates: [] },
    budget,
    providers: {
      for: () => ({
        chat: ({ target }) => {
          const name = target.connection.name;
          const script = scripts[name]!;
          const turn = calls.filter((each) => each === name).length;
          calls.push(name);
          const step = script[Math.min(turn, script.length - 1)]!;
          return step === 'ok' ? Promise.resolve(ANSWER) : Promise.reject(step);
        },
      }),
    },
    admit: () => Promise.resolve(null),
    onAttempt: (attempt) => attempts.push(attempt),
  };
  const run = async () => {
    const outcome = await executor.execute(execution);
    if (!('verdict' in outcome))
      await outcome.finish({ usage: null, costUsd: null, error: undefined });
    return outcome;
  };
  return { run, calls, waits, attempts, breakers, time, reserved };
}

const RETRY = { retryEnabled: true, maxRetries: 2, retryBackoffMs: 100 };

describe('retries', () => {
  it('tries a failing target 1 + maxRetries times, waiting longer each time', async () => {
    const { run, calls, waits } = setUp(RETRY, { a: [status(503)] });
    await expect(run()).rejects.toMatchObject({ status: 503 });
    expect(calls).toEqual(['a', 'a', 'a']);
    expect(waits).toEqual([100, 200]);
  });

  it('stops at the first answer and says why it went on', async () => {
    const { run, calls, attempts } = setUp(RETRY, { a: [status(500), 'ok'] });
    await expect(run()).resolves.toMatchObject({ answer: ANSWER });
    expect(calls).toEqual(['a', 'a']);
    expect(attempts.map((each) => each.next)).toEqual([
      'retried after 100 ms: retryOnServerError is on',
      undefined,
    ]);
  });

  it.each<[string, Resilience, UpstreamError, number]>([
    ['nothing while the section is off', { ...RETRY, enabled: false }, status(503), 1],
    ['nothing while retryEnabled is off', { ...RETRY, retryEnabled: false }, status(503), 1],
    ['nothing with maxRetries 0', { ...RETRY, maxRetries: 0 }, status(503), 1],
    ['a timeout while retryOnTimeout is on', { ...RETRY }, new UpstreamError('timeout', 't'), 3],
    [
      'no timeout while it is off',
      { ...RETRY, retryOnTimeout: false },
      new UpstreamError('timeout', 't'),
      1,
    ],
    ['a 429 while retryOnRateLimit is on', { ...RETRY }, status(429), 3],
    ['no 429 while it is off', { ...RETRY, retryOnRateLimit: false }, status(429), 1],
    ['a 5xx while retryOnServerError is on', { ...RETRY }, status(502), 3],
    ['no 5xx while it is off', { ...RETRY, retryOnServerError: false }, status(502), 1],
    ['a lost connection as a server error', { ...RETRY }, new UpstreamError('reset', 'r'), 3],
    [
      'a listed status although its flag is off',
      { ...RETRY, retryOnServerError: false, retryableErrors: ['529'] },
      status(529),
      3,
    ],
    [
      'a listed provider code although its flag is off',
      { ...RETRY, retryOnServerError: false, retryableErrors: ['overloaded_error'] },
      status(529, { providerCode: 'overloaded_error' }),
      3,
    ],
    ['no 400, even when listed', { ...RETRY, retryableErrors: ['400'] }, status(400), 1],
    ['no 401', { ...RETRY }, status(401), 1],
    ['no 404', { ...RETRY }, status(404), 1],
    ['a 408', { ...RETRY }, status(408), 3],
    ['a 409', { ...RETRY }, status(409), 3],
  ])('retries %s', async (_title, resilience, error, attempts) => {
    const { run, calls } = setUp(resilience, { a: [error] });
    await expect(run()).rejects.toBe(error);
    expect(calls).toHaveLength(attempts);
  });

  it('waits as long as the provider asks, up to retryBackoffMax', async () => {
    const asked = setUp({ ...RETRY, maxRetries: 1 }, { a: [status(429, { retryAfterMs: 5000 })] });
    await expect(asked.run()).rejects.toBeDefined();
    expect(asked.waits).toEqual([5000]);
    const capped = setUp(
      { ...RETRY, maxRetries: 1, retryBackoffMax: 4000 },
      { a: [status(429, { retryAfterMs: 5000 })] },
    );
    await expect(capped.run()).rejects.toBeDefined();
    expect(capped.waits).toEqual([100]);
  });
});

describe('fallback', () => {
  it('asks the next target after the retries of the first, attempts never above targets x (1 + maxRetries)', async () => {
    const { run, calls, reserved } = setUp(RETRY, {
      a: [status(503)],
      b: [status(500)],
      c: [status(502)],
    });
    await expect(run()).rejects.toMatchObject({ status: 502 });
    expect(calls).toEqual(['a', 'a', 'a', 'b', 'b', 'b', 'c', 'c', 'c']);
    expect(reserved).toEqual(calls);
  });

  it.each([401, 403, 404, 429, 500])('goes on after a %i', async (code) => {
    const { run, calls } = setUp({}, { a: [status(code)], b: ['ok'] });
    await expect(run()).resolves.toMatchObject({ answer: ANSWER });
    expect(calls).toEqual(['a', 'b']);
  });

  it.each([400, 413, 422])('does not go on after a %i: the request is at fault', async (code) => {
    const { run, calls, attempts } = setUp({}, { a: [status(code)], b: ['ok'] });
    await expect(run()).rejects.toMatchObject({ status: code });
    expect(calls).toEqual(['a']);
    expect(attempts[0]!.next).toContain('no fallback');
  });
});

describe('breakers in execution', () => {
  const BREAKER = {
    circuitBreakerEnabled: true,
    circuitBreakerThreshold: 2,
    circuitBreakerTimeout: 60,
  };

  it('stops calling a provider that keeps failing, and says when to come back', async () => {
    const { run, calls, time } = setUp(BREAKER, { a: [status(503)] });
    await expect(run()).rejects.toBeDefined();
    await expect(run()).rejects.toBeDefined();
    time.now = 20_000;
    await expect(run()).resolves.toMatchObject({
      verdict: 'deny',
      code: 'circuit_open',
      retryAfterSeconds: 40,
    });
    expect(calls).toHaveLength(2);
  });

  it('goes straight to the fallback while open', async () => {
    const { run, calls } = setUp(BREAKER, { a: [status(503)], b: ['ok'] });
    await run();
    await run();
    await run();
    expect(calls).toEqual(['a', 'b', 'a', 'b', 'b']);
  });

  it('stops retrying once its own failures have opened it', async () => {
    const { run, calls } = setUp({ ...BREAKER, ...RETRY, maxRetries: 10 }, { a: [status(503)] });
    await expect(run()).rejects.toMatchObject({ status: 503 });
    expect(calls).toHaveLength(2);
  });

  it.each([400, 401, 404])('is not opened by a %i', async (code) => {
    const { run, calls } = setUp(BREAKER, { a: [status(code)] });
    for (let index = 0; index < 5; index += 1) await expect(run()).rejects.toBeDefined();
    expect(calls).toHaveLength(5);
  });

  it.each<[string, Partial<Resilience>, number]>([
    ['circuitBreakerEnabled off', { circuitBreakerEnabled: false }, 6],
    ['threshold 4', { circuitBreakerThreshold: 4 }, 4],
    ['section off', { enabled: false }, 6],
  ])('obeys its fields: %s', async (_title, fields, expected) => {
    const { run, calls } = setUp({ ...BREAKER, ...fields }, { a: [status(503)] });
    for (let index = 0; index < 6; index += 1) await run().catch(() => undefined);
    expect(calls).toHaveLength(expected);
  });

  it('probes once after circuitBreakerTimeout and closes on success', async () => {
    const { run, calls, time } = setUp(BREAKER, { a: [status(503), status(503), 'ok'] });
    await run().catch(() => undefined);
    await run().catch(() => undefined);
    time.now = 59_999;
    await expect(run()).resolves.toMatchObject({ code: 'circuit_open' });
    time.now = 60_000;
    await expect(run()).resolves.toMatchObject({ answer: ANSWER });
    await expect(run()).resolves.toMatchObject({ answer: ANSWER });
    expect(calls).toHaveLength(4);
  });
});
