import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TEST_TENANT_ID } from '@/lib/gateway/testing/memory-principals';
import { sendCompletion } from '@/lib/gateway/testing/test-upstream';
import { MemoryBreakers } from '@/lib/gateway/resilience/breaker';
import { createResilientExecutor } from '@/lib/gateway/resilience/resilient-executor';
import { sleep } from '@/lib/gateway/resilience/sleep';
import { LatencyFacts } from '@/lib/gateway/router/latency-facts';
import { createRoutingPlanner } from '@/lib/gateway/router/routing-planner';
import { systemClock } from '@/lib/gateway/types';
import type { RolePolicyInput } from '@/lib/policy/role-policy';
import { cachedGateway, caching, type CachedGateway } from './testing/cached-gateway';

const FIRST = 'How do I reset my password?';
const LIKE_IT = 'How can I reset my password?';
const [ONE, OTHER] = ['test/test-model', 'test/other-model'];

const asking = (model: string) => ({ model, messages: [{ role: 'user', content: FIRST }] });
const routed = (model: string, allowModelOverride = true): RolePolicyInput => ({
  routingPolicy: {
    enabled: true,
    allowModelOverride,
    strategy: 'weighted',
    weightedConfig: { weights: { [model]: 100 } },
  },
});
const restricted = (
  defaultModel: string,
  ...blockedModels: string[]
): NonNullable<RolePolicyInput['modelRestrictions']> => ({
  enabled: true,
  mode: 'blocklist',
  blockedModels,
  defaultModel,
});
const fallingBack = (fallbackEnabled: boolean): RolePolicyInput => ({
  resiliencePolicy: {
    enabled: true,
    maxRetries: 0,
    fallbackEnabled,
    fallbackChain: [{ provider: 'test', model: 'other-model', priority: 1 }],
  },
});
const privacy = (pii: object): RolePolicyInput => ({
  promptPolicies: { enabled: true, pii: { enabled: true, ...pii } },
});

describe('a policy that changes', () => {
  let gateway: CachedGateway;
  beforeAll(async () => {
    const breakers = new MemoryBreakers(systemClock);
    const latency = new LatencyFacts(systemClock);
    const planner = createRoutingPlanner({
      model: () => ({ contextWindow: null, vision: true, tools: true, jsonSchema: true }),
      isBroken: () => false,
      latencyMs: () => null,
    });
    const executor = createResilientExecutor({ breakers, latency, sleep, random: () => 0 });
    gateway = await cachedGateway({
      deps: { planner, executor },
      connections: [
        { kind: 'openai-compatible', name: 'test', models: ['test-model', 'other-model'] },
      ],
    });
  });
  beforeEach(async () => {
    await gateway.cache.clear(TEST_TENANT_ID, null);
    isDown = false;
    gateway.upstream.answer(({ request, response }) => {
      if (isDown && request.model === 'test-model') response.writeHead(500).end('{}');
      else sendCompletion(response, { model: request.model, content: 'Write to a@example.com.' });
    });
  });
  afterAll(() => gateway.close());
  /** Whether the first model fails. */
  let isDown = false;

  const under = (rest: RolePolicyInput) =>
    gateway.setPolicy(caching({ similarityThreshold: 0.9 }, rest));
  const status = async (body: string | object) => (await gateway.ask(body)).status;
  /** What a request would find, without anything put in the place of what is kept. */
  const finds = async (body: string | object) => {
    const { length } = gateway.receipts;
    gateway.upstream.answer(({ response }) => void response.writeHead(400).end('{}'));
    const { headers } = await gateway.ask(body);
    await expect.poll(() => gateway.receipts.length).toBe(length + 1);
    return headers.get('x-rolegate-cache');
  };

  it.each<[string, string | object, RolePolicyInput, RolePolicyInput]>([
    [
      'a model that is forbidden',
      asking('auto'),
      { ...routed(ONE), modelRestrictions: restricted(OTHER) },
      { ...routed(ONE), modelRestrictions: restricted(OTHER, ONE) },
    ],
    [
      'another default model',
      asking('auto'),
      { modelRestrictions: restricted(ONE) },
      { modelRestrictions: restricted(OTHER) },
    ],
    ['other models to route to', asking('auto'), routed(ONE), routed(OTHER)],
    ['no more routing past the model that is named', asking(OTHER), routed(ONE, false), {}],
    [
      'what personal data becomes',
      FIRST,
      privacy({ action: 'redact' }),
      privacy({ action: 'warn' }),
    ],
    [
      'a search for personal data in answers',
      FIRST,
      {},
      privacy({ action: 'log', scanResponses: true }),
    ],
  ])(
    '%s: entries from before are unusable at once, and usable again',
    async (_what, body, before, after) => {
      under(before);
      expect([await status(body), await status(body)]).toEqual(['miss', 'hit-exact']);
      under(after);
      expect(await finds(body)).toBe('miss');
      under(before);
      expect(await finds(body)).toBe('hit-exact');
    },
  );

  it('an answer of a fallback is given only while the fallback is in the policy', async () => {
    under(fallingBack(true));
    isDown = true;
    expect([await status(asking(ONE)), await status(asking(ONE))]).toEqual(['miss', 'hit-exact']);
    under(fallingBack(false));
    expect(await finds(asking(ONE))).toBe('miss');
    under(fallingBack(true));
    expect(await finds(asking(ONE))).toBe('hit-exact');
  });

  it.each([
    ['blocked', { promptPolicies: { enabled: true, blockedPatterns: ['do I reset'] } }, {}],
    ['excluded', {}, { excludedPatterns: ['do I reset'] }],
    ['too long', { promptPolicies: { enabled: true, maxPromptChars: LIKE_IT.length } }, {}],
  ])(
    'a question that is %s now answers no other wording, until that is lifted',
    async (_what, rest, policy) => {
      const kept = `${FIRST}???`;
      under({});
      await status(kept);
      await gateway.encoder.encode(kept);
      expect(await finds(LIKE_IT)).toBe('hit-semantic');
      gateway.setPolicy(caching({ similarityThreshold: 0.9, ...policy }, rest));
      expect(await finds(LIKE_IT)).toBe('miss');
      under({});
      expect(await finds(LIKE_IT)).toBe('hit-semantic');
    },
  );

  it('a connection that is gone answers for nobody, also from memory', async () => {
    under({});
    const body = asking('test-model');
    expect([await status(body), await status(body)]).toEqual(['miss', 'hit-exact']);
    const { connections } = gateway.principals.of(gateway.key);
    const renamed = connections.map((connection) => ({ ...connection, name: 'other' }));
    gateway.principals.update(gateway.key, { connections: renamed });
    expect(await finds(body)).toBe('miss');
    gateway.principals.update(gateway.key, { connections });
    expect(await finds(body)).toBe('hit-exact');
  });
});
