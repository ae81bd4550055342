import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RolePolicyInput } from '@/lib/policy/role-policy';
import { allPolicyFields } from '@/lib/policy/walk';
import { TEST_TENANT_ID } from '../testing/memory-principals';
import { routedGateway, type RoutedGateway } from '../testing/routed-gateway';
import { sendCompletion, type UpstreamHandler } from '../testing/test-upstream';

type Resilience = NonNullable<RolePolicyInput['resiliencePolicy']>;

let gateway: RoutedGateway;
beforeAll(async () => {
  gateway = await routedGateway({
    connections: { main: {}, b: { models: ['m', 'n'] }, c: {} },
  });
});
beforeEach(() => {
  gateway.forget();
  for (const [name, upstream] of Object.entries(gateway.upstreams)) {
    gateway.breakers.reset(TEST_TENANT_ID, name);
    upstream.answer(({ request, response }) => sendCompletion(response, { model: request.model }));
  }
});
afterAll(() => gateway.close());

const answers =
  (status: number, headers: Record<string, string> = {}, code = 'some_code'): UpstreamHandler =>
  ({ response }) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ error: { message: 'no', code } }));
  };
const hangs: UpstreamHandler = () => undefined;

/** Asks once under a policy while `main` is in trouble; what came of it. */
async function ask(resilience: Resilience, trouble: UpstreamHandler = answers(503)) {
  gateway.setPolicy({ resiliencePolicy: { enabled: true, retryJitter: false, ...resilience } });
  gateway.forget();
  gateway.upstreams.main!.answer(trouble);
  const answer = await gateway.chat({ model: 'main/m' });
  await answer.arrayBuffer();
  const { headers, status } = answer;
  return {
    status,
    who: `${headers.get('x-rolegate-provider')}/${headers.get('x-rolegate-model')}`,
    attempts: Number(headers.get('x-rolegate-attempts')),
    waits: [...gateway.waits],
    calls: gateway.calls().main,
  };
}
const attempts = async (...args: Parameters<typeof ask>) => (await ask(...args)).attempts;
const waits = async (...args: Parameters<typeof ask>) => (await ask(...args)).waits;

const RETRY: Resilience = { retryEnabled: true, maxRetries: 2, retryBackoffMs: 100 };
const to = (provider: string, priority = 1, more: object = {}) => ({
  provider,
  model: 'm',
  priority,
  ...more,
});
const chain = (...fallbackChain: ReturnType<typeof to>[]): Resilience => ({
  fallbackEnabled: true,
  fallbackChain,
});
const BREAKER: Resilience = {
  circuitBreakerEnabled: true,
  circuitBreakerThreshold: 2,
  circuitBreakerTimeout: 60,
};

/** Upstream calls that so many requests one after another lead to. */
async function callsOf(count: number, resilience: Resilience): Promise<number> {
  let calls = 0;
  for (let turn = 0; turn < count; turn += 1) calls += (await ask(resilience)).calls ?? 0;
  return calls;
}

/** One proof a field: what the gateway does changes with it. */
const PROOFS: Record<string, () => Promise<void>> = {
  'resiliencePolicy.enabled': async () => {
    const all = { ...RETRY, ...chain(to('b')), ...BREAKER };
    expect(await ask({ ...all, enabled: true })).toMatchObject({ status: 200, who: 'b/m' });
    gateway.breakers.reset(TEST_TENANT_ID, 'main');
    expect(await ask({ ...all, enabled: false })).toMatchObject({ status: 502, attempts: 1 });
  },
  'resiliencePolicy.retryEnabled': async () => {
    expect(await attempts({ ...RETRY, retryEnabled: true })).toBe(3);
    expect(await attempts({ ...RETRY, retryEnabled: false })).toBe(1);
  },
  'resiliencePolicy.maxRetries': async () => {
    expect(await attempts({ ...RETRY, maxRetries: 1 })).toBe(2);
    expect(await attempts({ ...RETRY, maxRetries: 4 })).toBe(5);
    expect(await attempts({ ...RETRY, maxRetries: 0 })).toBe(1);
  },
  'resiliencePolicy.retryBackoffMs': async () => {
    expect(await waits({ ...RETRY, retryBackoffMs: 100 })).toEqual([100, 200]);
    expect(await waits({ ...RETRY, retryBackoffMs: 30 })).toEqual([30, 60]);
  },
  'resiliencePolicy.retryBackoffMax': async () => {
    expect(await waits({ ...RETRY, retryBackoffMax: 150 })).toEqual([100, 150]);
    const asks = answers(503, { 'retry-after': '2' });
    expect(await waits({ ...RETRY, retryBackoffMax: 3000 }, asks)).toEqual([2000, 2000]);
    expect(await waits({ ...RETRY, retryBackoffMax: 1000 }, asks)).toEqual([100, 200]);
    const inMs = answers(503, { 'retry-after-ms': '750', 'retry-after': '2' });
    expect(await waits({ ...RETRY, retryBackoffMax: 3000 }, inMs)).toEqual([750, 750]);
  },
  'resiliencePolicy.retryJitter': async () => {
    expect(await waits({ ...RETRY, retryJitter: false })).toEqual([100, 200]);
    // The gateway under test draws 0.5.
    expect(await waits({ ...RETRY, retryJitter: true })).toEqual([50, 100]);
  },
  'resiliencePolicy.retryOnTimeout': async () => {
    const quick = { ...RETRY, maxRetries: 1, requestTimeoutMs: 100 };
    expect(await attempts({ ...quick, retryOnTimeout: true }, hangs)).toBe(2);
    expect(await attempts({ ...quick, retryOnTimeout: false }, hangs)).toBe(1);
  },
  'resiliencePolicy.retryOnRateLimit': async () => {
    expect(await attempts({ ...RETRY, retryOnRateLimit: true }, answers(429))).toBe(3);
    expect(await attempts({ ...RETRY, retryOnRateLimit: false }, answers(429))).toBe(1);
  },
  'resiliencePolicy.retryOnServerError': async () => {
    expect(await attempts({ ...RETRY, retryOnServerError: true })).toBe(3);
    expect(await attempts({ ...RETRY, retryOnServerError: false })).toBe(1);
  },
  'resiliencePolicy.retryableErrors': async () => {
    const off = { ...RETRY, retryOnServerError: false };
    expect(await attempts({ ...off, retryableErrors: ['503'] })).toBe(3);
    expect(await attempts({ ...off, retryableErrors: ['some_code'] })).toBe(3);
    expect(await attempts({ ...off, retryableErrors: ['529', 'other_code'] })).toBe(1);
    expect(await attempts({ ...off, retryableErrors: ['400'] }, answers(400))).toBe(1);
  },
  'resiliencePolicy.fallbackEnabled': async () => {
    expect((await ask({ ...chain(to('b')), fallbackEnabled: true })).who).toBe('b/m');
    expect((await ask({ ...chain(to('b')), fallbackEnabled: false })).status).toBe(502);
  },
  'resiliencePolicy.fallbackChain': async () => {
    expect((await ask(chain())).status).toBe(502);
    expect((await ask(chain(to('c')))).who).toBe('c/m');
  },
  'resiliencePolicy.fallbackChain.*.provider': async () => {
    expect((await ask(chain(to('b')))).who).toBe('b/m');
    expect((await ask(chain(to('c')))).who).toBe('c/m');
  },
  'resiliencePolicy.fallbackChain.*.model': async () => {
    expect((await ask(chain(to('b', 1, { model: 'm' })))).who).toBe('b/m');
    expect((await ask(chain(to('b', 1, { model: 'n' })))).who).toBe('b/n');
  },
  'resiliencePolicy.fallbackChain.*.priority': async () => {
    expect((await ask(chain(to('b', 1), to('c', 2)))).who).toBe('b/m');
    expect((await ask(chain(to('b', 2), to('c', 1)))).who).toBe('c/m');
  },
  'resiliencePolicy.fallbackChain.*.timeoutMs': async () => {
    gateway.upstreams.b!.answer(({ request, response }) => {
      setTimeout(() => sendCompletion(response, { model: request.model }), 300);
    });
    expect((await ask(chain(to('b', 1, { timeoutMs: 50 }), to('c', 2)))).who).toBe('c/m');
    expect((await ask(chain(to('b', 1, { timeoutMs: 20_000 }), to('c', 2)))).who).toBe('b/m');
  },
  'resiliencePolicy.circuitBreakerEnabled': async () => {
    expect(await callsOf(5, { ...BREAKER, circuitBreakerEnabled: false })).toBe(5);
    expect(await callsOf(5, { ...BREAKER, circuitBreakerEnabled: true })).toBe(2);
  },
  'resiliencePolicy.circuitBreakerThreshold': async () => {
    expect(await callsOf(6, { ...BREAKER, circuitBreakerThreshold: 4 })).toBe(4);
    gateway.breakers.reset(TEST_TENANT_ID, 'main');
    expect(await callsOf(6, { ...BREAKER, circuitBreakerThreshold: 1 })).toBe(1);
  },
  'resiliencePolicy.circuitBreakerTimeout': async () => {
    for (const circuitBreakerTimeout of [10, 300]) {
      gateway.breakers.reset(TEST_TENANT_ID, 'main');
      const policy = { ...BREAKER, circuitBreakerTimeout };
      await callsOf(2, policy);
      gateway.breakerClock.advance(circuitBreakerTimeout * 1000 - 1);
      expect((await ask(policy)).status).toBe(503);
      gateway.breakerClock.advance(1);
      expect(await callsOf(1, policy)).toBe(1);
    }
  },
  'resiliencePolicy.requestTimeoutMs': async () => {
    const late: UpstreamHandler = ({ response }) =>
      void setTimeout(() => sendCompletion(response), 300);
    expect((await ask({ requestTimeoutMs: 50 }, late)).status).toBe(504);
    expect((await ask({ requestTimeoutMs: 20_000 }, late)).status).toBe(200);
  },
};

describe('resiliencePolicy', () => {
  it('has a proof for every field', () => {
    const fields = allPolicyFields().filter(({ section }) => section === 'resiliencePolicy');
    expect(Object.keys(PROOFS).sort()).toEqual(fields.map(({ path }) => path).sort());
  });

  it.each(Object.entries(PROOFS))('%s changes what the gateway does', (_path, proof) => proof());
});
