import { describe, expect, it } from 'vitest';
import type { RoutePlan, RouteRequest } from '@/lib/gateway/ports';
import { routeRequest, type RouteRequestOptions } from '@/lib/gateway/testing/route-request';
import type { RolePolicyInput } from '@/lib/policy/role-policy';
import { type RoutingFacts, targetName } from './facts';
import { createRoutingPlanner } from './routing-planner';

type Facts = {
  broken?: string[];
  latency?: Record<string, number>;
  models?: Record<string, Partial<ReturnType<RoutingFacts['model']>>>;
};
const facts = ({ broken = [], latency = {}, models = {} }: Facts = {}): RoutingFacts => ({
  model: (_kind, model) => ({
    contextWindow: null,
    vision: null,
    tools: null,
    jsonSchema: null,
    ...models[model],
  }),
  isBroken: (_tenant, provider) => broken.includes(provider),
  latencyMs: (_tenant, target) => latency[targetName(target)] ?? null,
});
const plan = async (request: RouteRequest, known: RoutingFacts = facts()): Promise<RoutePlan> => {
  const planned = await createRoutingPlanner(known).plan(request);
  if ('verdict' in planned) throw new Error(`refused: ${planned.code} ${planned.reason}`);
  return planned;
};
const names = (planned: RoutePlan): string[] => planned.targets.map(targetName);
const CONNECTIONS = { a: ['small', 'mid', 'big'], b: ['small', 'big'] };
const PRICES = {
  'a/small': '0.01',
  'b/small': '0.02',
  'a/mid': '0.1',
  'a/big': '1',
  'b/big': '0.9',
};
const HARD =
  'Design a distributed rate limiter for 1M requests per second across three regions. Compare token bucket and sliding window, justify trade-offs, and write the Redis Lua script.';

const costPolicy: RolePolicyInput = {
  routingPolicy: {
    enabled: true,
    strategy: 'cost',
    costConfig: {
      simpleModels: ['b/small', 'a/small'],
      mediumModels: ['a/mid'],
      complexModels: ['a/big', 'b/big'],
    },
  },
  resiliencePolicy: { enabled: true, fallbackEnabled: true },
};
const cost = (options: RouteRequestOptions = {}) =>
  routeRequest({ policy: costPolicy, connections: CONNECTIONS, prices: PRICES, ...options });

describe('cost routing', () => {
  it('asks the cheapest model of the tier first, the rest of it, then the tiers above', async () => {
    const planned = await plan(cost());
    expect(names(planned)).toEqual(['a/small', 'b/small', 'a/mid', 'b/big', 'a/big']);
    expect(planned).toMatchObject({ strategy: 'cost', reason: 'simple' });
  });

  it('sends a hard request to the complex tier, tiers below last', async () => {
    const planned = await plan(cost({ request: { messages: [{ role: 'user', content: HARD }] } }));
    expect(names(planned)).toEqual(['b/big', 'a/big', 'a/mid', 'a/small', 'b/small']);
    expect(planned.reason).toBe('complex');
  });

  it.each([
    [{ simpleQueryThreshold: 0, complexQueryThreshold: 0 }, 'complex'],
    [{ simpleQueryThreshold: 1, complexQueryThreshold: 1 }, 'simple'],
    [{ simpleQueryThreshold: 0, complexQueryThreshold: 1 }, 'medium'],
  ])('moves with its thresholds: %o', async (thresholds, tier) => {
    const routingPolicy = costPolicy.routingPolicy!;
    const costConfig = { ...routingPolicy.costConfig, ...thresholds };
    const planned = await plan(
      cost({ policy: { ...costPolicy, routingPolicy: { ...routingPolicy, costConfig } } }),
    );
    expect(planned.reason).toBe(tier);
  });

  it('never takes a model without a price, and says so', async () => {
    const planned = await plan(
      cost({ prices: { ...PRICES, 'a/small': undefined as unknown as string } }),
    );
    expect(names(planned)[0]).toBe('b/small');
    expect(planned.candidates).toContainEqual({
      provider: 'a',
      model: 'small',
      taken: false,
      reason: 'has no price',
    });
  });

  it('passes over what cannot take images, tools or the length of the prompt', async () => {
    const image = { type: 'image_url', image_url: { url: 'data:,' } };
    const messages = [{ role: 'user' as const, content: [image] }];
    const blind = facts({ models: { small: { vision: false } } });
    expect(names(await plan(cost({ request: { messages } }), blind))).not.toContain('a/small');
    const tools = [{ type: 'function', function: { name: 'f' } }];
    const toolless = facts({ models: { small: { tools: false } } });
    expect(names(await plan(cost({ request: { tools } }), toolless))).not.toContain('a/small');
    const short = facts({ models: { small: { contextWindow: 100 } } });
    expect(names(await plan(cost({ tokens: { input: 101, output: 1 } }), short))).not.toContain(
      'a/small',
    );
    expect(names(await plan(cost({ tokens: { input: 100, output: 1 } }), short))).toContain(
      'a/small',
    );
  });

  it('takes no model that keeps to no JSON schema, while the request asks for one', async () => {
    const request = {
      response_format: { type: 'json_schema' as const, json_schema: { name: 'x', schema: {} } },
    };
    const loose = facts({ models: { small: { jsonSchema: false } } });
    const planned = await plan(cost({ request }), loose);
    expect(names(planned)[0]).toBe('a/mid');
    expect(planned.candidates).toContainEqual({
      provider: 'a',
      model: 'small',
      taken: false,
      reason: 'does not keep to a JSON schema',
    });
    const free = { response_format: { type: 'json_object' as const } };
    expect(names(await plan(cost({ request: free }), loose))[0]).toBe('a/small');
  });

  it('asks the simulator only where no real model of the tier can serve', async () => {
    const tier = {
      policy: {
        routingPolicy: {
          enabled: true,
          strategy: 'cost' as const,
          costConfig: { simpleModels: ['sandbox/small', 'a/small'], mediumModels: ['a/mid'] },
        },
        resiliencePolicy: { enabled: true, fallbackEnabled: true, circuitBreakerEnabled: true },
      },
      connections: { a: ['small', 'mid'], sandbox: [] },
      kinds: { sandbox: 'sandbox' as const },
      prices: { 'sandbox/small': '0.001', 'a/small': '0.01', 'a/mid': '0.1' },
    };
    expect(names(await plan(cost(tier)))).toEqual(['a/small', 'sandbox/small', 'a/mid']);
    const broken = facts({ broken: ['a'] });
    expect(names(await plan(cost(tier), broken))).toEqual(['sandbox/small']);
  });

  it('tells the score, what it was held against, its reasons and the tier', async () => {
    const { detail } = await plan(
      cost({ request: { messages: [{ role: 'user', content: HARD }] } }),
    );
    expect(detail).toMatchObject({ thresholds: { simple: 0.3, complex: 0.7 }, tier: 'complex' });
    expect(detail!.score).toBeGreaterThan(0.7);
    const [largest] = detail!.parts!;
    expect(largest!.name).toMatch(/^[a-zA-Z]+$/);
    expect(Math.abs(largest!.logit)).toBeGreaterThan(0);
    expect(detail!.parts!.length).toBeLessThanOrEqual(8);
  });

  it('keeps other candidates out of the plan while fallback is off', async () => {
    const policy = { ...costPolicy, resiliencePolicy: { enabled: true } };
    expect(names(await plan(cost({ policy })))).toEqual(['a/small']);
  });
});

describe('weighted routing', () => {
  const weighted = (weights: Record<string, number>, circuitBreakerEnabled = false) =>
    routeRequest({
      policy: {
        resiliencePolicy: { enabled: true, circuitBreakerEnabled },
        routingPolicy: { enabled: true, strategy: 'weighted', weightedConfig: { weights } },
      },
      connections: { a: ['m'], b: ['m'], c: ['m'] },
    });

  async function shares(
    planner: ReturnType<typeof createRoutingPlanner>,
    request: RouteRequest,
    times: number,
  ) {
    const plans = await Promise.all(Array.from({ length: times }, () => planner.plan(request)));
    const counts: Record<string, number> = {};
    for (const each of plans) {
      if ('verdict' in each) throw new Error(each.reason);
      const name = each.targets[0].connection.name;
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  }

  it('gives 70/20/10 exactly over any 100 of 1,000 concurrent requests', async () => {
    const planner = createRoutingPlanner(facts());
    for (let hundred = 0; hundred < 10; hundred += 1) {
      expect(await shares(planner, weighted({ a: 70, 'b/m': 20, c: 10 }), 100)).toEqual({
        a: 70,
        b: 20,
        c: 10,
      });
    }
  });

  it('gives the share of a broken provider to the others in proportion', async () => {
    const planner = createRoutingPlanner(facts({ broken: ['a'] }));
    expect(await shares(planner, weighted({ a: 70, b: 20, c: 10 }, true), 300)).toEqual({
      b: 200,
      c: 100,
    });
  });

  it('heeds no breaker in a role that has none', async () => {
    const planner = createRoutingPlanner(facts({ broken: ['a'] }));
    expect(await shares(planner, weighted({ a: 70, b: 30 }), 100)).toEqual({ a: 70, b: 30 });
  });

  it('asks a provider for the model that was named, when it serves it', async () => {
    const request = routeRequest({
      policy: {
        routingPolicy: {
          enabled: true,
          strategy: 'weighted',
          weightedConfig: { weights: { a: 100 } },
          allowModelOverride: false,
        },
      },
      connections: { a: ['m', 'n'] },
      request: { model: 'n' },
    });
    expect(names(await plan(request))).toEqual(['a/n']);
  });
});

describe('round robin', () => {
  it('takes turns strictly across concurrent requests, each role by itself', async () => {
    const policy: RolePolicyInput = {
      routingPolicy: {
        enabled: true,
        strategy: 'round_robin',
        roundRobinConfig: { models: ['a/m', 'b/m', 'c/m'] },
      },
    };
    const connections = { a: ['m'], b: ['m'], c: ['m'] };
    const planner = createRoutingPlanner(facts());
    const plans = await Promise.all(
      Array.from({ length: 900 }, () => planner.plan(routeRequest({ policy, connections }))),
    );
    const first = plans.map((each) =>
      'verdict' in each ? 'refused' : each.targets[0].connection.name,
    );
    expect(first.slice(0, 4)).toEqual(['a', 'b', 'c', 'a']);
    for (const name of ['a', 'b', 'c'])
      expect(first.filter((each) => each === name)).toHaveLength(300);
    const other = await planner.plan(routeRequest({ policy, connections, roleId: 'other' }));
    expect('verdict' in other ? other : other.reason).toBe('1/3');
  });
});

describe('latency routing', () => {
  const latency = (config: { maxLatencyMs?: number; preferredModels?: string[] } = {}) =>
    routeRequest({
      policy: { routingPolicy: { enabled: true, strategy: 'latency', latencyConfig: config } },
      connections: { a: ['m'], b: ['m'], c: ['m'] },
    });
  const KNOWN = { 'a/m': 20, 'b/m': 60, 'c/m': 200 };
  const share = async (
    known: RoutingFacts,
    request: RouteRequest,
    name: string,
  ): Promise<number> => {
    const planner = createRoutingPlanner(known);
    let taken = 0;
    for (let index = 0; index < 240; index += 1) {
      const planned = await planner.plan(request);
      if (!('verdict' in planned) && planned.targets[0].connection.name === name) taken += 1;
    }
    return taken / 240;
  };

  it('sends at least four of five requests to the fastest, and some to every other', async () => {
    expect(await share(facts({ latency: KNOWN }), latency(), 'a')).toBeGreaterThanOrEqual(0.8);
    expect(await share(facts({ latency: KNOWN }), latency(), 'c')).toBeGreaterThan(0);
  });

  it('favours preferred models while they are under the bound', async () => {
    const known = facts({ latency: KNOWN });
    expect(
      await share(known, latency({ preferredModels: ['b/m'], maxLatencyMs: 100 }), 'b'),
    ).toBeGreaterThan(0.8);
    expect(
      await share(known, latency({ preferredModels: ['b/m'], maxLatencyMs: 50 }), 'a'),
    ).toBeGreaterThan(0.8);
  });

  it('takes the fastest when none is under the bound', async () => {
    expect(
      await share(facts({ latency: KNOWN }), latency({ maxLatencyMs: 1 }), 'a'),
    ).toBeGreaterThan(0.8);
  });

  it('tries a target it knows nothing of', async () => {
    const planned = await plan(latency(), facts({ latency: { 'a/m': 20, 'b/m': 60 } }));
    expect(names(planned)[0]).toBe('c/m');
    expect(planned.reason).toBe('unmeasured');
  });
});

describe('connections that list no models', () => {
  const simulator = (routingPolicy: RolePolicyInput['routingPolicy']) =>
    routeRequest({
      policy: { routingPolicy: { enabled: true, ...routingPolicy } },
      connections: { real: [], sandbox: [] },
      kinds: { sandbox: 'sandbox' },
    });

  it('leave latency routing to the simulator only while nothing else can answer', async () => {
    const alone = simulator({ strategy: 'latency' });
    expect((await plan(alone)).targets[0].connection.name).toBe('sandbox');
    const preferring = simulator({
      strategy: 'latency',
      latencyConfig: { preferredModels: ['real/m'] },
    });
    const quick = facts({ latency: { 'real/m': 900, 'sandbox/small': 1 } });
    expect(names(await plan(preferring, quick))).toEqual(['real/m']);
  });

  it("give the simulator's first model to a weight that names it alone", async () => {
    const request = simulator({
      strategy: 'weighted',
      weightedConfig: { weights: { sandbox: 100 } },
    });
    expect(names(await plan(request))).toEqual(['sandbox/small']);
  });
});

describe('capability routing', () => {
  it('sends a request with an image to a model for images, whatever its words', async () => {
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } };
    const content = [{ type: 'text', text: 'Write a Python function for this' }, image];
    const request = {
      ...capability(''),
      request: { messages: [{ role: 'user' as const, content }] },
    };
    const planned = await plan(request);
    expect(names(planned)[0]).toBe('a/eyes');
    expect(planned.reason).toBe('vision');
  });

  it('tells the type of task', async () => {
    expect((await plan(capability('Write a Python function that sorts a list'))).detail).toEqual({
      task: 'code',
    });
  });

  const taskModels = { code: ['a/coder'], general: ['a/chat'], vision: ['a/eyes'] };
  const capability = (content: string) =>
    routeRequest({
      policy: {
        routingPolicy: { enabled: true, strategy: 'capability', capabilityConfig: { taskModels } },
      },
      connections: { a: ['coder', 'chat', 'eyes'] },
      request: { messages: [{ role: 'user', content }] },
    });

  it.each([
    ['Write a Python function that sorts a list', 'a/coder', 'code'],
    ['Where is my parcel?', 'a/chat', 'general'],
    ['Translate this into French: good day', 'a/chat', 'translation'],
  ])('sends "%s" to %s', async (prompt, target, reason) => {
    const planned = await plan(capability(prompt));
    expect(names(planned)[0]).toBe(target);
    expect(planned.reason).toBe(reason);
  });
});

describe('candidates of every strategy', () => {
  const ROUTINGS: NonNullable<RolePolicyInput['routingPolicy']>[] = [
    { strategy: 'cost', costConfig: { simpleModels: ['a/m', 'b/m'] } },
    { strategy: 'latency', latencyConfig: { preferredModels: ['a/m'] } },
    { strategy: 'weighted', weightedConfig: { weights: { a: 99, b: 1 } } },
    { strategy: 'round_robin', roundRobinConfig: { models: ['a/m', 'b/m'] } },
    { strategy: 'capability', capabilityConfig: { taskModels: { general: ['a/m', 'b/m'] } } },
  ];
  const PRICED = { 'a/m': '1', 'b/m': '2' };
  const BLOCKING = { enabled: true, dailyLimitUSD: 1, onExceeded: 'block' } as const;
  const request = (
    routingPolicy: (typeof ROUTINGS)[number],
    more: Partial<RouteRequestOptions> & { budget?: RolePolicyInput['budgetPolicy'] } = {},
  ) =>
    routeRequest({
      connections: { a: ['m'], b: ['m'] },
      prices: PRICED,
      ...more,
      policy: {
        routingPolicy: { enabled: true, ...routingPolicy },
        resiliencePolicy: { enabled: true, circuitBreakerEnabled: true },
        budgetPolicy: more.budget ?? {},
      },
    });
  const rejectionOf = ({ candidates }: RoutePlan) =>
    candidates.find(({ provider }) => provider === 'a')?.reason;

  describe.each(ROUTINGS.map((routing) => [routing.strategy, routing] as const))(
    '%s',
    (_strategy, routing) => {
      it('begin with the first that can serve', async () => {
        expect(names(await plan(request(routing)))).toEqual(['a/m']);
      });

      it('leave out what has no price while a budget that blocks needs one', async () => {
        const unpriced = { prices: { 'b/m': '2' } };
        const planned = await plan(request(routing, { ...unpriced, budget: BLOCKING }));
        expect(names(planned)).toEqual(['b/m']);
        expect(rejectionOf(planned)).toBe('has no price');
        if (routing.strategy !== 'cost')
          expect(names(await plan(request(routing, unpriced)))).toEqual(['a/m']);
      });

      it('leave out a provider whose breaker is open', async () => {
        const planned = await plan(request(routing), facts({ broken: ['a'] }));
        expect(names(planned)).toEqual(['b/m']);
        expect(rejectionOf(planned)).toBe('circuit breaker is open');
      });

      it('leave out what lacks a capability that the request needs', async () => {
        const schema = { response_format: { type: 'json_schema' as const } };
        const known: RoutingFacts = {
          ...facts(),
          model: (kind) => ({
            ...facts().model(kind, 'm'),
            jsonSchema: kind === 'openai' ? false : true,
          }),
        };
        const kinds = { a: 'openai' as const };
        const planned = await plan(request(routing, { request: schema, kinds }), known);
        expect(names(planned)).toEqual(['b/m']);
        expect(rejectionOf(planned)).toBe('does not keep to a JSON schema');
      });

      it('leave out what model restrictions forbid', async () => {
        const made = request(routing);
        const planned = await plan({
          ...made,
          resolve: (name) => made.resolve(name).filter(({ connection }) => connection.name !== 'a'),
        });
        expect(names(planned)).toEqual(['b/m']);
      });
    },
  );
});

describe('what routing cannot place', () => {
  const policy: RolePolicyInput = {
    routingPolicy: {
      enabled: true,
      strategy: 'round_robin',
      roundRobinConfig: { models: ['gone/m'] },
    },
    modelRestrictions: { enabled: true, defaultModel: 'a/m' },
  };

  it("goes to the role's default model", async () => {
    const planned = await plan(routeRequest({ policy, connections: { a: ['m'] } }));
    expect(planned.strategy).toBe('default');
    expect(names(planned)).toEqual(['a/m']);
  });

  it('is refused with 503 when there is no default either', async () => {
    const planned = await createRoutingPlanner(facts()).plan(
      routeRequest({ policy: { routingPolicy: policy.routingPolicy! } }),
    );
    expect(planned).toMatchObject({ verdict: 'deny', code: 'unavailable' });
  });

  it('is refused as circuit_open when breakers are the reason', async () => {
    const broken = facts({ broken: ['a'] });
    const planned = await createRoutingPlanner(broken).plan(
      routeRequest({
        policy: {
          ...policy,
          resiliencePolicy: { enabled: true, circuitBreakerEnabled: true },
        },
        connections: { a: ['m'] },
      }),
    );
    expect(planned).toMatchObject({ verdict: 'deny', code: 'circuit_open' });
  });
});

describe('the fallback chain', () => {
  const chain = [
    { provider: 'b', model: 'm', priority: 2, timeoutMs: 200 },
    { provider: 'c', model: 'm', priority: 1, timeoutMs: 100 },
  ];
  const request = (fallbackEnabled: boolean, enabled = true) => {
    const made = routeRequest({
      policy: { resiliencePolicy: { enabled, fallbackEnabled, fallbackChain: chain } },
      connections: { a: ['m'], b: ['m'], c: ['m'] },
    });
    return {
      ...made,
      choice: { kind: 'explicit' as const, named: 'a/m', targets: made.resolve('a/m') },
    };
  };

  it('stands behind the named model in order of priority, with its own timeouts', async () => {
    const planned = await plan(request(true));
    expect(names(planned)).toEqual(['a/m', 'c/m', 'b/m']);
    expect(planned.targets.map((target) => target.timeoutMs)).toEqual([undefined, 100, 200]);
  });

  it('is left out while fallback or the section is off', async () => {
    expect(names(await plan(request(false)))).toEqual(['a/m']);
    expect(names(await plan(request(true, false)))).toEqual(['a/m']);
  });
});

describe('a dry run', () => {
  it.each<RolePolicyInput['routingPolicy']>([
    { enabled: true, strategy: 'round_robin', roundRobinConfig: { models: ['a/m', 'b/m'] } },
    { enabled: true, strategy: 'weighted', weightedConfig: { weights: { a: 50, b: 50 } } },
  ])("takes nobody's turn: $strategy", async (routingPolicy) => {
    const planner = createRoutingPlanner(facts());
    const request = routeRequest({
      policy: { routingPolicy },
      connections: { a: ['m'], b: ['m'] },
    });
    const first = async (dryRun: boolean): Promise<string> => {
      const planned = await planner.plan({ ...request, dryRun });
      return 'verdict' in planned ? 'refused' : planned.targets[0].connection.name;
    };
    expect([await first(true), await first(true), await first(false), await first(true)]).toEqual([
      'a',
      'a',
      'a',
      'b',
    ]);
  });
});
