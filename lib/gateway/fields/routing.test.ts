import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RolePolicyInput } from '@/lib/policy/role-policy';
import { allPolicyFields } from '@/lib/policy/walk';
import { routedGateway, type RoutedGateway } from '../testing/routed-gateway';
import { sendCompletion } from '../testing/test-upstream';
import { VirtualTime } from '../testing/virtual-time';

type Routing = NonNullable<RolePolicyInput['routingPolicy']>;

const SIMPLE = 'hi';
const HARD =
  'Design a distributed rate limiter for 1M requests per second across three regions. Compare token bucket and sliding window, justify trade-offs, and write the Redis Lua script.';
const MODELS = { cheap: 'gpt-4o-mini', mid: 'gpt-4.1-mini', top: 'gpt-4o' } as const;
const [CHEAP, MID, TOP] = Object.entries(MODELS).map(([name, model]) => `${name}/${model}`) as [
  string,
  string,
  string,
];
/** Milliseconds before an upstream answers. */
const delays: Record<string, number> = {};
const time = new VirtualTime();

let gateway: RoutedGateway;
beforeAll(async () => {
  gateway = await routedGateway({
    latencyClock: time,
    connections: Object.fromEntries(
      Object.entries(MODELS).map(([name, model]) => [name, { kind: 'openai', models: [model] }]),
    ),
  });
  for (const [name, upstream] of Object.entries(gateway.upstreams)) {
    upstream.answer(async ({ request, response }) => {
      await time.delay(delays[name] ?? 0);
      sendCompletion(response, { model: request.model });
    });
  }
});
beforeEach(() => {
  Object.keys(delays).forEach((name) => delete delays[name]);
  // What was measured before is forgotten.
  time.advance(120_000);
});
afterAll(() => gateway.close());

const route = (routing: Routing, rest: RolePolicyInput = {}) =>
  gateway.setPolicy({ ...rest, routingPolicy: { enabled: true, ...routing } });

/** `provider route` of an answer, or its status. */
async function ask(prompt = SIMPLE, model: string | undefined = undefined): Promise<string> {
  const answer = await time.request(async () => {
    const reply = await gateway.chat({ model, messages: [{ role: 'user', content: prompt }] });
    await reply.arrayBuffer();
    return reply;
  });
  if (answer.status !== 200) return String(answer.status);
  const { headers } = answer;
  return `${headers.get('x-rolegate-provider')} ${headers.get('x-rolegate-route')}`;
}

/** How often each provider answered. */
async function shares(count: number): Promise<Record<string, number>> {
  const seen: Record<string, number> = {};
  for (let turn = 0; turn < count; turn += 1) {
    const who = (await ask()).split(' ')[0]!;
    seen[who] = (seen[who] ?? 0) + 1;
  }
  return seen;
}

/** Requests after which all are measured, and what lost the lead is not asked again on that account. */
const SETTLING = 36;

const tiers = (costConfig: Routing['costConfig'] = {}): Routing => ({
  strategy: 'cost',
  costConfig: {
    simpleModels: [CHEAP],
    mediumModels: [MID],
    complexModels: [TOP],
    ...costConfig,
  },
});

/** One proof a field: what the gateway does changes with it. */
const PROOFS: Record<string, () => Promise<void>> = {
  'routingPolicy.enabled': async () => {
    const restrictions = { modelRestrictions: { enabled: true, defaultModel: TOP } };
    route(tiers(), restrictions);
    expect(await ask()).toBe('cheap cost:simple');
    route({ ...tiers(), enabled: false }, restrictions);
    expect(await ask()).toBe('top default');
  },
  'routingPolicy.strategy': async () => {
    const all: Routing = {
      ...tiers(),
      weightedConfig: { weights: { mid: 100 } },
      roundRobinConfig: { models: [TOP] },
      capabilityConfig: { taskModels: { general: [MID] } },
      latencyConfig: { preferredModels: [TOP] },
    };
    const seen: string[] = [];
    for (const strategy of ['cost', 'weighted', 'round_robin', 'capability', 'latency'] as const) {
      route({ ...all, strategy });
      seen.push((await ask()).replace(/^(\w+ latency):.*/, '$1'));
    }
    expect(seen.slice(0, 4)).toEqual([
      'cheap cost:simple',
      'mid weighted:mid',
      'top round_robin:1/1',
      'mid capability:general',
    ]);
    expect(seen[4]).toContain('latency');
  },
  'routingPolicy.costConfig.simpleQueryThreshold': async () => {
    route(tiers({ simpleQueryThreshold: 0.3 }));
    expect(await ask()).toBe('cheap cost:simple');
    route(tiers({ simpleQueryThreshold: 0 }));
    expect(await ask()).toBe('mid cost:medium');
  },
  'routingPolicy.costConfig.complexQueryThreshold': async () => {
    route(tiers({ complexQueryThreshold: 0.7 }));
    expect(await ask(HARD)).toBe('top cost:complex');
    route(tiers({ complexQueryThreshold: 1 }));
    expect(await ask(HARD)).toBe('mid cost:medium');
  },
  'routingPolicy.costConfig.simpleModels': async () => {
    route(tiers({ simpleModels: [TOP] }));
    expect(await ask()).toBe('top cost:simple');
    // The cheapest of several goes first, wherever it stands.
    route(tiers({ simpleModels: [TOP, MID, CHEAP] }));
    expect(await ask()).toBe('cheap cost:simple');
  },
  'routingPolicy.costConfig.mediumModels': async () => {
    const medium = { simpleQueryThreshold: 0, complexQueryThreshold: 1 };
    route(tiers({ ...medium, mediumModels: [MID] }));
    expect(await ask()).toBe('mid cost:medium');
    route(tiers({ ...medium, mediumModels: [TOP] }));
    expect(await ask()).toBe('top cost:medium');
  },
  'routingPolicy.costConfig.complexModels': async () => {
    route(tiers({ complexModels: [TOP] }));
    expect(await ask(HARD)).toBe('top cost:complex');
    route(tiers({ complexModels: [MID] }));
    expect(await ask(HARD)).toBe('mid cost:complex');
  },
  'routingPolicy.latencyConfig.maxLatencyMs': async () => {
    Object.assign(delays, { cheap: 1, mid: 80, top: 80 });
    const latency = (maxLatencyMs: number): Routing => ({
      strategy: 'latency',
      latencyConfig: { maxLatencyMs, preferredModels: [MID] },
    });
    route(latency(600_000));
    await shares(SETTLING);
    expect((await shares(12)).mid).toBeGreaterThanOrEqual(10);
    route(latency(40));
    expect((await shares(12)).cheap).toBeGreaterThanOrEqual(10);
  },
  'routingPolicy.latencyConfig.preferredModels': async () => {
    Object.assign(delays, { cheap: 1, mid: 60, top: 60 });
    const latency = (preferredModels: string[]): Routing => ({
      strategy: 'latency',
      latencyConfig: { maxLatencyMs: 600_000, preferredModels },
    });
    route(latency([]));
    await shares(SETTLING);
    expect((await shares(12)).cheap).toBeGreaterThanOrEqual(10);
    route(latency([TOP]));
    expect((await shares(12)).top).toBeGreaterThanOrEqual(10);
  },
  'routingPolicy.weightedConfig.weights': async () => {
    route({ strategy: 'weighted', weightedConfig: { weights: { cheap: 50, mid: 30, [TOP]: 20 } } });
    expect(await shares(10)).toEqual({ cheap: 5, mid: 3, top: 2 });
    route({ strategy: 'weighted', weightedConfig: { weights: { cheap: 10, mid: 0, [TOP]: 90 } } });
    expect(await shares(10)).toEqual({ cheap: 1, top: 9 });
  },
  'routingPolicy.capabilityConfig.taskModels': async () => {
    const code = 'Write a Python function that sorts a list';
    const able = (taskModels: Record<string, string[]>): Routing => ({
      strategy: 'capability',
      capabilityConfig: { taskModels },
    });
    route(able({ code: [TOP], general: [CHEAP] }));
    expect(await ask(code)).toBe('top capability:code');
    expect(await ask()).toBe('cheap capability:general');
    route(able({ code: [MID], general: [CHEAP] }));
    expect(await ask(code)).toBe('mid capability:code');
  },
  'routingPolicy.roundRobinConfig.models': async () => {
    route({ strategy: 'round_robin', roundRobinConfig: { models: [CHEAP, TOP] } });
    expect(await shares(4)).toEqual({ cheap: 2, top: 2 });
    route({ strategy: 'round_robin', roundRobinConfig: { models: [MID] } });
    expect(await shares(4)).toEqual({ mid: 4 });
  },
  'routingPolicy.allowModelOverride': async () => {
    route({ ...tiers(), allowModelOverride: true });
    expect(await ask(SIMPLE, TOP)).toBe('top explicit');
    route({ ...tiers(), allowModelOverride: false });
    expect(await ask(SIMPLE, TOP)).toBe('cheap cost:simple');
  },
};

describe('routingPolicy', () => {
  it('has a proof for every field', () => {
    const fields = allPolicyFields().filter(({ section }) => section === 'routingPolicy');
    expect(Object.keys(PROOFS).sort()).toEqual(fields.map(({ path }) => path).sort());
  });

  it.each(Object.entries(PROOFS))('%s changes what the gateway does', (_path, proof) => proof());
});
