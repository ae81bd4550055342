import { afterEach, describe, expect, it } from 'vitest';
import type { RolePolicyInput } from '@/lib/policy/role-policy';
import { routedGateway, type RoutedGateway } from '../testing/routed-gateway';
import type { UpstreamHandler } from '../testing/test-upstream';
import type { ProviderKind } from '../types';

let gateway: RoutedGateway;
afterEach(() => gateway.close());

const unwell: Record<string, UpstreamHandler> = {
  'a 503': ({ response }) => void response.writeHead(503).end('{}'),
  'a 429 with retry-after 0': ({ response }) =>
    void response.writeHead(429, { 'retry-after': '0' }).end('{}'),
  'a lost connection': ({ response }) => void response.socket?.destroy(),
};
const KINDS: ProviderKind[] = [
  'openai',
  'anthropic',
  'gemini',
  'azure-openai',
  'bedrock',
  'mistral',
  'cohere',
  'groq',
];

const chain = ['b', 'c'].map((provider, priority) => ({ provider, model: 'm', priority }));
const policy = (resilience: RolePolicyInput['resiliencePolicy']): RolePolicyInput => ({
  resiliencePolicy: { enabled: true, fallbackEnabled: true, fallbackChain: chain, ...resilience },
});

describe.each(Object.keys(unwell))('attempts under %s', (fault) => {
  it.each(KINDS)('at %s are one without a policy: no package retries by itself', async (kind) => {
    gateway = await routedGateway({ connections: { only: { kind } } });
    gateway.principals.update(gateway.key, {
      connections: [
        {
          id: 'only',
          tenantId: 'tenant',
          name: 'only',
          kind,
          baseUrl: gateway.upstreams.only!.url,
          credential: 'test-id:test-credential',
          models: ['m'],
          enabled: true,
        },
      ],
    });
    gateway.upstreams.only!.answer(unwell[fault]!);
    for (const stream of [false, true]) {
      const answer = await gateway.chat({ model: 'only/m', stream });
      await answer.arrayBuffer();
      expect(answer.status).toBeGreaterThanOrEqual(429);
      expect(answer.headers.get('x-rolegate-attempts')).toBe('1');
    }
    expect(gateway.calls()).toEqual({ only: 2 });
  });

  it.each([0, 1, 3])('are targets x (1 + maxRetries) with maxRetries %i', async (maxRetries) => {
    gateway = await routedGateway({
      policy: policy({ retryEnabled: true, maxRetries }),
      connections: { a: {}, b: {}, c: {} },
    });
    for (const upstream of Object.values(gateway.upstreams)) upstream.answer(unwell[fault]!);
    const answer = await gateway.chat({ model: 'a/m' });
    const each = 1 + maxRetries;
    expect(answer.headers.get('x-rolegate-attempts')).toBe(String(3 * each));
    expect(gateway.calls()).toEqual({ a: each, b: each, c: each });
  });
});

describe('a request that is called off', () => {
  it('during a backoff makes no further attempt', async () => {
    const leaving = new AbortController();
    let slept = 0;
    gateway = await routedGateway({
      policy: policy({
        retryEnabled: true,
        maxRetries: 5,
        retryBackoffMs: 1000,
        retryBackoffMax: 1000,
        retryJitter: false,
      }),
      connections: { a: {}, b: {}, c: {} },
      sleep: (_ms, signal) => {
        slept += 1;
        leaving.abort();
        return new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason as Error)),
        );
      },
    });
    gateway.upstreams.a!.answer(unwell['a 503']!);
    const pending = gateway.chat({ model: 'a/m' }, { signal: leaving.signal });
    await expect(pending).rejects.toThrow();
    while (gateway.receipts.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(gateway.receipts[0]).toMatchObject({ status: 499, code: 'client_closed_request' });
    expect(slept).toBe(1);
    expect(gateway.calls()).toEqual({ a: 1, b: 0, c: 0 });
  });

  it('by the deadline during a backoff is a 504', async () => {
    gateway = await routedGateway({
      policy: policy({
        retryEnabled: true,
        fallbackEnabled: false,
        retryBackoffMs: 1,
        retryJitter: false,
      }),
      connections: { a: {} },
      deadlineMs: 150,
      sleep: (_ms, signal) =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason as Error)),
        ),
    });
    gateway.upstreams.a!.answer(unwell['a 503']!);
    const answer = await gateway.chat({ model: 'a/m' });
    expect(answer.status).toBe(504);
    expect(await answer.json()).toMatchObject({ error: { code: 'upstream_timeout' } });
    expect(gateway.calls()).toEqual({ a: 1 });
  });

  it('is not kept waiting for a retry that the deadline would forestall', async () => {
    gateway = await routedGateway({
      policy: policy({
        retryEnabled: true,
        fallbackEnabled: false,
        retryBackoffMs: 60_000,
        retryBackoffMax: 60_000,
        retryJitter: false,
      }),
      connections: { a: {} },
      deadlineMs: 30_000,
    });
    gateway.upstreams.a!.answer(unwell['a 503']!);
    const answer = await gateway.chat({ model: 'a/m' });
    expect(answer.status).toBe(502);
    expect(gateway.waits).toEqual([]);
    const receipt = await gateway.receipt(answer.headers.get('x-request-id'));
    expect(receipt.attempts[0]!.next).toContain('the deadline passes within 60000 ms');
  });
});
