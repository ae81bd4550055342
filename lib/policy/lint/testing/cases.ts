import type { RolePolicyInput } from '../../role-policy';
import type { LintFacts } from '../facts';

type Case = { policy: RolePolicyInput; facts?: LintFacts };
/** For each rule a policy with one finding and policies near to it without. */
type RuleCases = { finds: Case & { path: string | string[] }; silent: Case[] };

const PRICES: Record<string, [string, string]> = {
  'openai/cheap': ['0.1', '0.4'],
  'openai/dear': ['10', '40'],
  'anthropic/middle': ['1', '4'],
};

/** Two connections with three priced models and one without a price; one connection is off. */
export function facts(more: Partial<LintFacts> = {}): LintFacts {
  return {
    connections: [
      { name: 'openai', kind: 'openai', enabled: true, models: ['cheap', 'dear', 'unpriced'] },
      { name: 'anthropic', kind: 'anthropic', enabled: true, models: ['middle'] },
      { name: 'gemini', kind: 'gemini', enabled: false, models: [] },
    ],
    serves: () => false,
    priceOf: ({ provider, model }) => {
      const price = PRICES[`${provider}/${model}`];
      return price ? { inputPerMillion: price[0], outputPerMillion: price[1] } : null;
    },
    deadlineMs: 600_000,
    emailConfigured: true,
    ...more,
  };
}

const on = { enabled: true } as const;
const block = { ...on, dailyLimitUSD: 10, onExceeded: 'block' } as const;
const pii = (more: object): RolePolicyInput => ({
  promptPolicies: { ...on, pii: { ...on, ...more } },
});
const cost = (costConfig: object): RolePolicyInput => ({
  routingPolicy: { ...on, strategy: 'cost', costConfig },
});
const tiers = (simple: string, complex: string) =>
  cost({ simpleModels: [simple], mediumModels: ['anthropic/middle'], complexModels: [complex] });
const weighted = (weights: Record<string, number>): RolePolicyInput => ({
  routingPolicy: { ...on, strategy: 'weighted', weightedConfig: { weights } },
});
const fallback = (...targets: string[]): RolePolicyInput => ({
  resiliencePolicy: {
    ...on,
    fallbackEnabled: true,
    fallbackChain: targets.map((target, index) => ({
      provider: target.split('/')[0] ?? '',
      model: target.split('/')[1] ?? '',
      priority: index + 1,
    })),
  },
});
const retry = (more: object): RolePolicyInput => ({
  resiliencePolicy: { ...on, retryEnabled: true, ...more },
});
const rate = (more: object): RolePolicyInput => ({ rateLimitPolicy: { ...on, ...more } });
const budget = (more: object): RolePolicyInput => ({ budgetPolicy: { ...on, ...more } });
const cache = (more: object): RolePolicyInput => ({ cachingPolicy: { ...on, ...more } });
const tools = (more: object): RolePolicyInput => ({ toolPolicies: { ...on, ...more } });
const models = (more: object): RolePolicyInput => ({ modelRestrictions: { ...on, ...more } });
const noTools = tools({ allowToolCalling: false });

export const CASES: Record<string, RuleCases> = {
  'prompt-without-checks': {
    finds: { policy: { promptPolicies: on }, path: 'promptPolicies.enabled' },
    silent: [
      { policy: { promptPolicies: { ...on, maxMessages: 1 } } },
      { policy: { promptPolicies: { ...on, sanitize: { stripInvisible: true } } } },
      { policy: pii({}) },
    ],
  },
  'pattern-blocks-everything': {
    finds: {
      policy: { promptPolicies: { ...on, blockedPatterns: ['secret', 'x*'] } },
      path: 'promptPolicies.blockedPatterns.1',
    },
    silent: [{ policy: { promptPolicies: { ...on, blockedPatterns: ['x+', '^a?b'] } } }],
  },
  'pii-without-entities': {
    finds: { policy: pii({ entities: [] }), path: 'promptPolicies.pii.entities' },
    silent: [
      { policy: pii({ entities: ['email'] }) },
      { policy: pii({ enabled: false, entities: [] }) },
    ],
  },
  'pii-redact-without-restore': {
    finds: { policy: pii({ action: 'redact' }), path: 'promptPolicies.pii.restoreInResponse' },
    silent: [
      { policy: pii({ action: 'redact', restoreInResponse: true }) },
      { policy: pii({ action: 'block' }) },
    ],
  },
  'pii-restore-without-redact': {
    finds: {
      policy: pii({ action: 'warn', restoreInResponse: true }),
      path: 'promptPolicies.pii.restoreInResponse',
    },
    silent: [{ policy: pii({ action: 'redact', restoreInResponse: true }) }],
  },
  'injection-skips-tool-results': {
    finds: {
      policy: { promptPolicies: { ...on, injection: { ...on, scanToolResults: false } } },
      path: 'promptPolicies.injection.scanToolResults',
    },
    silent: [
      { policy: { promptPolicies: { ...on, injection: on } } },
      {
        policy: {
          promptPolicies: { ...on, injection: { ...on, scanToolResults: false } },
          ...noTools,
        },
      },
    ],
  },
  'checks-without-sanitising': {
    finds: {
      policy: { promptPolicies: { ...on, blockedPatterns: ['x'] } },
      path: 'promptPolicies.sanitize.normalizeUnicode',
    },
    silent: [
      {
        policy: {
          promptPolicies: {
            ...on,
            blockedPatterns: ['x'],
            sanitize: { normalizeUnicode: true, stripInvisible: true },
          },
        },
      },
    ],
  },
  'tools-without-checks': {
    finds: { policy: tools({}), path: 'toolPolicies.enabled' },
    silent: [{ policy: noTools }, { policy: tools({ maxToolsPerRequest: 3 }) }],
  },
  'allowed-tool-blocked': {
    finds: {
      policy: tools({
        allowedTools: ['read', 'delete_file', 'db_*'],
        blockedTools: ['delete_*', 'db_*'],
      }),
      path: ['toolPolicies.allowedTools.1', 'toolPolicies.allowedTools.2'],
    },
    silent: [{ policy: tools({ allowedTools: ['db_*'], blockedTools: ['db_drop'] }) }],
  },
  'tool-lists-while-forbidden': {
    finds: {
      policy: tools({ allowToolCalling: false, allowedTools: ['read'] }),
      path: 'toolPolicies.allowToolCalling',
    },
    silent: [{ policy: noTools }, { policy: tools({ allowedTools: ['read'] }) }],
  },
  'rate-limit-without-limits': {
    finds: { policy: rate({}), path: 'rateLimitPolicy.enabled' },
    silent: [
      { policy: rate({ tokensPerDay: 1 }) },
      { policy: rate({ perModel: { 'gpt-*': { requestsPerMinute: 1 } } }) },
    ],
  },
  'short-window-above-long': {
    finds: {
      policy: rate({ requestsPerMinute: 100, requestsPerHour: 60 }),
      path: 'rateLimitPolicy.requestsPerMinute',
    },
    silent: [
      { policy: rate({ requestsPerMinute: 60, requestsPerHour: 60 }) },
      { policy: rate({ requestsPerMinute: 100, tokensPerDay: 60 }) },
    ],
  },
  'long-window-never-full': {
    finds: {
      policy: rate({ tokensPerMinute: 10, tokensPerHour: 600 }),
      path: 'rateLimitPolicy.tokensPerHour',
    },
    silent: [{ policy: rate({ tokensPerMinute: 10, tokensPerHour: 599 }) }],
  },
  'burst-without-effect': {
    finds: {
      policy: rate({ requestsPerMinute: 10, burstRequests: 10 }),
      path: 'rateLimitPolicy.burstRequests',
    },
    silent: [{ policy: rate({ requestsPerMinute: 10, burstRequests: 9 }) }],
  },
  'model-limit-above-role': {
    finds: {
      policy: rate({ requestsPerMinute: 10, perModel: { 'gpt-4o': { requestsPerMinute: 20 } } }),
      path: 'rateLimitPolicy.perModel.gpt-4o.requestsPerMinute',
    },
    silent: [
      { policy: rate({ requestsPerMinute: 10, perModel: { 'gpt-4o': { requestsPerMinute: 5 } } }) },
      { policy: rate({ perModel: { 'gpt-4o': { requestsPerMinute: 20 } } }) },
    ],
  },
  'rate-above-provider': {
    finds: {
      policy: rate({ requestsPerMinute: 1000 }),
      facts: facts({
        connections: [
          { name: 'openai', kind: 'openai', enabled: true, models: [], requestsPerMinute: 500 },
        ],
      }),
      path: 'rateLimitPolicy.requestsPerMinute',
    },
    silent: [
      { policy: rate({ requestsPerMinute: 1000 }), facts: facts() },
      {
        policy: rate({
          requestsPerMinute: 1000,
          perModel: { 'openai/*': { requestsPerMinute: 400 } },
        }),
        facts: facts({
          connections: [
            { name: 'openai', kind: 'openai', enabled: true, models: [], requestsPerMinute: 500 },
          ],
        }),
      },
    ],
  },
  'models-without-restriction': {
    finds: { policy: models({}), path: 'modelRestrictions.allowedModels' },
    silent: [
      { policy: models({ allowedProviders: ['openai'] }) },
      { policy: models({ mode: 'blocklist', blockedModels: ['gpt-4o'] }) },
      { policy: models({ maxOutputTokens: 5 }) },
    ],
  },
  'list-of-other-mode': {
    finds: {
      policy: models({ allowedModels: ['a'], blockedModels: ['b'] }),
      path: 'modelRestrictions.blockedModels',
    },
    silent: [{ policy: models({ mode: 'blocklist', blockedModels: ['b'] }) }],
  },
  'allowed-provider-missing': {
    finds: {
      policy: models({ allowedProviders: ['openai', 'gemini'] }),
      facts: facts(),
      path: 'modelRestrictions.allowedProviders.1',
    },
    silent: [
      { policy: models({ allowedProviders: ['openai'] }), facts: facts() },
      { policy: models({ allowedProviders: ['nobody'] }) },
    ],
  },
  'allowed-model-unserved': {
    finds: {
      policy: models({ allowedModels: ['openai/cheap', 'mistral/large', 'gpt-*'] }),
      facts: facts(),
      path: 'modelRestrictions.allowedModels.1',
    },
    silent: [{ policy: models({ allowedModels: ['middle', 'openai/dear'] }), facts: facts() }],
  },
  'default-model-unserved': {
    finds: {
      policy: models({ defaultModel: 'openai/gone' }),
      facts: facts(),
      path: 'modelRestrictions.defaultModel',
    },
    silent: [
      { policy: models({ defaultModel: 'openai/cheap' }), facts: facts() },
      {
        policy: models({ defaultModel: 'gpt-4o' }),
        facts: facts({
          connections: [{ name: 'x', kind: 'openai', enabled: true, models: [] }],
          serves: () => true,
        }),
      },
    ],
  },
  'default-model-off': {
    finds: {
      policy: { modelRestrictions: { defaultModel: 'openai/cheap' } },
      path: 'modelRestrictions.enabled',
    },
    silent: [{ policy: models({ defaultModel: 'openai/cheap' }) }],
  },
  'cache-excludes-all': {
    finds: {
      policy: {
        ...cache({ excludedModels: ['openai/*', 'middle'] }),
        routingPolicy: {
          ...on,
          strategy: 'round_robin',
          allowModelOverride: false,
          roundRobinConfig: { models: ['openai/cheap', 'anthropic/middle'] },
        },
      },
      facts: facts(),
      path: 'cachingPolicy.excludedModels',
    },
    silent: [
      {
        policy: {
          ...cache({ excludedModels: ['openai/*'] }),
          routingPolicy: {
            ...on,
            strategy: 'round_robin',
            allowModelOverride: false,
            roundRobinConfig: { models: ['openai/cheap', 'anthropic/middle'] },
          },
        },
        facts: facts(),
      },
      { policy: cache({ excludedModels: ['openai/cheap'] }) },
    ],
  },
  'cache-pattern-excludes-all': {
    finds: {
      policy: cache({ excludedPatterns: ['today|'] }),
      path: 'cachingPolicy.excludedPatterns.0',
    },
    silent: [{ policy: cache({ excludedPatterns: ['today'] }) }],
  },
  'cache-tool-calls-blocked': {
    finds: {
      policy: { ...cache({ cacheToolCalls: true }), ...noTools },
      path: 'cachingPolicy.cacheToolCalls',
    },
    silent: [{ policy: cache({ cacheToolCalls: true }) }, { policy: { ...cache({}), ...noTools } }],
  },
  'cache-similarity-low': {
    finds: {
      policy: cache({ similarityThreshold: 0.7 }),
      path: 'cachingPolicy.similarityThreshold',
    },
    silent: [{ policy: cache({ similarityThreshold: 0.9 }) }],
  },
  'cache-ttl-long': {
    finds: { policy: cache({ ttlSeconds: 5_000_000 }), path: 'cachingPolicy.ttlSeconds' },
    silent: [{ policy: cache({ ttlSeconds: 86_400 }) }],
  },
  'routing-without-models': {
    finds: { policy: cost({}), path: 'routingPolicy.costConfig.simpleModels' },
    silent: [
      { policy: tiers('openai/cheap', 'openai/dear') },
      { policy: { routingPolicy: { ...on, strategy: 'latency' } } },
    ],
  },
  'routed-model-unserved': {
    finds: {
      policy: tiers('openai/gone', 'openai/dear'),
      facts: facts(),
      path: 'routingPolicy.costConfig.simpleModels.0',
    },
    silent: [{ policy: tiers('openai/cheap', 'openai/dear'), facts: facts() }],
  },
  'weighted-provider-missing': {
    finds: {
      policy: weighted({ openai: 50, mistral: 50 }),
      facts: facts(),
      path: 'routingPolicy.weightedConfig.weights.mistral',
    },
    silent: [{ policy: weighted({ openai: 50, anthropic: 50 }), facts: facts() }],
  },
  'weight-zero': {
    finds: {
      policy: weighted({ openai: 100, anthropic: 0 }),
      path: 'routingPolicy.weightedConfig.weights.anthropic',
    },
    silent: [{ policy: weighted({ openai: 99, anthropic: 1 }) }],
  },
  'latency-one-candidate': {
    finds: {
      policy: {
        routingPolicy: {
          ...on,
          strategy: 'latency',
          latencyConfig: { preferredModels: ['gpt-4o'] },
        },
      },
      path: 'routingPolicy.latencyConfig.preferredModels',
    },
    silent: [
      {
        policy: {
          routingPolicy: {
            ...on,
            strategy: 'latency',
            latencyConfig: { preferredModels: ['openai/cheap', 'anthropic/middle'] },
          },
        },
      },
      { policy: { routingPolicy: { ...on, strategy: 'latency' } }, facts: facts() },
    ],
  },
  'round-robin-one-model': {
    finds: {
      policy: {
        routingPolicy: { ...on, strategy: 'round_robin', roundRobinConfig: { models: ['a'] } },
      },
      path: 'routingPolicy.roundRobinConfig.models',
    },
    silent: [
      {
        policy: {
          routingPolicy: {
            ...on,
            strategy: 'round_robin',
            roundRobinConfig: { models: ['a', 'b'] },
          },
        },
      },
    ],
  },
  'cost-tier-empty': {
    finds: {
      policy: cost({ simpleModels: ['a'], complexModels: ['b'] }),
      path: 'routingPolicy.costConfig.mediumModels',
    },
    silent: [{ policy: tiers('a', 'b') }],
  },
  'cheap-tier-dearer': {
    finds: {
      policy: tiers('openai/dear', 'openai/cheap'),
      facts: facts(),
      path: 'routingPolicy.costConfig.simpleModels.0',
    },
    silent: [{ policy: tiers('openai/cheap', 'openai/dear'), facts: facts() }],
  },
  'medium-tier-unreachable': {
    finds: {
      policy: cost({
        simpleQueryThreshold: 0.5,
        complexQueryThreshold: 0.5,
        simpleModels: ['a'],
        mediumModels: ['b'],
        complexModels: ['c'],
      }),
      path: 'routingPolicy.costConfig.complexQueryThreshold',
    },
    silent: [{ policy: tiers('a', 'b') }],
  },
  'capability-without-general': {
    finds: {
      policy: {
        routingPolicy: {
          ...on,
          strategy: 'capability',
          capabilityConfig: { taskModels: { code: ['a'] } },
        },
      },
      path: 'routingPolicy.capabilityConfig.taskModels',
    },
    silent: [
      {
        policy: {
          routingPolicy: {
            ...on,
            strategy: 'capability',
            capabilityConfig: { taskModels: { code: ['a'], general: ['b'] } },
          },
        },
      },
      {
        policy: {
          ...models({ defaultModel: 'a' }),
          routingPolicy: {
            ...on,
            strategy: 'capability',
            capabilityConfig: { taskModels: { code: ['a'] } },
          },
        },
      },
    ],
  },
  'routed-model-unpriced': {
    finds: {
      policy: tiers('openai/unpriced', 'openai/dear'),
      facts: facts(),
      path: 'routingPolicy.costConfig.simpleModels.0',
    },
    silent: [
      { policy: tiers('openai/cheap', 'openai/dear'), facts: facts() },
      {
        policy: {
          routingPolicy: {
            ...on,
            strategy: 'round_robin',
            roundRobinConfig: { models: ['openai/unpriced', 'openai/dear'] },
          },
        },
        facts: facts(),
      },
    ],
  },
  'resilience-without-effect': {
    finds: { policy: { resiliencePolicy: on }, path: 'resiliencePolicy.enabled' },
    silent: [{ policy: retry({}) }],
  },
  'fallback-unreachable': {
    finds: {
      policy: fallback('openai/cheap', 'gemini/pro', 'openai/gone'),
      facts: facts(),
      path: ['resiliencePolicy.fallbackChain.1.provider', 'resiliencePolicy.fallbackChain.2.model'],
    },
    silent: [
      { policy: fallback('openai/cheap', 'anthropic/middle'), facts: facts() },
      { policy: fallback('nobody/nothing') },
    ],
  },
  'fallback-repeated': {
    finds: {
      policy: fallback('openai/cheap', 'anthropic/middle', 'openai/cheap'),
      path: 'resiliencePolicy.fallbackChain.2.model',
    },
    silent: [{ policy: fallback('openai/cheap', 'openai/dear') }],
  },
  'fallback-chain-empty': {
    finds: { policy: fallback(), path: 'resiliencePolicy.fallbackChain' },
    silent: [{ policy: { ...fallback(), ...tiers('a', 'b') } }],
  },
  'fallback-same-provider': {
    finds: {
      policy: fallback('openai/cheap', 'openai/dear'),
      path: 'resiliencePolicy.fallbackChain',
    },
    silent: [
      { policy: fallback('openai/cheap', 'anthropic/middle') },
      {
        policy: { ...fallback('openai/cheap'), ...tiers('anthropic/middle', 'openai/dear') },
        facts: facts(),
      },
    ],
  },
  'retry-without-cause': {
    finds: {
      policy: retry({ retryOnTimeout: false, retryOnRateLimit: false, retryOnServerError: false }),
      path: 'resiliencePolicy.retryOnTimeout',
    },
    silent: [
      {
        policy: retry({
          retryOnTimeout: false,
          retryOnRateLimit: false,
          retryOnServerError: false,
          retryableErrors: ['529'],
        }),
      },
    ],
  },
  'retry-zero-times': {
    finds: { policy: retry({ maxRetries: 0 }), path: 'resiliencePolicy.maxRetries' },
    silent: [{ policy: retry({ maxRetries: 1 }) }],
  },
  'retry-without-jitter': {
    finds: { policy: retry({ retryJitter: false }), path: 'resiliencePolicy.retryJitter' },
    silent: [{ policy: retry({}) }],
  },
  'retries-exceed-deadline': {
    finds: {
      policy: retry({ maxRetries: 10, requestTimeoutMs: 60_000 }),
      facts: facts(),
      path: 'resiliencePolicy.maxRetries',
    },
    silent: [
      { policy: retry({ maxRetries: 3, requestTimeoutMs: 30_000 }), facts: facts() },
      { policy: retry({ maxRetries: 10, requestTimeoutMs: 60_000 }) },
    ],
  },
  'chain-exceeds-deadline': {
    finds: {
      policy: fallback('a/a', 'b/b', 'c/c'),
      facts: facts({ deadlineMs: 60_000 }),
      path: 'resiliencePolicy.fallbackChain.1.timeoutMs',
    },
    silent: [{ policy: fallback('a/a', 'b/b', 'c/c'), facts: facts() }],
  },
  'timeout-above-deadline': {
    finds: {
      policy: retry({ requestTimeoutMs: 30_000 }),
      facts: facts({ deadlineMs: 30_000 }),
      path: 'resiliencePolicy.requestTimeoutMs',
    },
    silent: [{ policy: retry({ requestTimeoutMs: 29_000 }), facts: facts({ deadlineMs: 30_000 }) }],
  },
  'breaker-without-alternative': {
    finds: {
      policy: { resiliencePolicy: { ...on, circuitBreakerEnabled: true } },
      path: 'resiliencePolicy.circuitBreakerEnabled',
    },
    silent: [
      { policy: { resiliencePolicy: { ...on, circuitBreakerEnabled: true }, ...tiers('a', 'b') } },
    ],
  },
  'breaker-opens-in-one-request': {
    finds: {
      policy: retry({ circuitBreakerEnabled: true, circuitBreakerThreshold: 4, maxRetries: 3 }),
      path: 'resiliencePolicy.circuitBreakerThreshold',
    },
    silent: [
      { policy: retry({ circuitBreakerEnabled: true, circuitBreakerThreshold: 5, maxRetries: 3 }) },
    ],
  },
  'budget-without-limits': {
    finds: { policy: budget({}), path: 'budgetPolicy.enabled' },
    silent: [
      { policy: budget({ dailyLimitUSD: 1 }) },
      { policy: budget({ maxCostPerRequest: 1 }) },
    ],
  },
  'budget-short-above-long': {
    finds: {
      policy: budget({ weeklyLimitUSD: 200, monthlyLimitUSD: 100 }),
      path: 'budgetPolicy.weeklyLimitUSD',
    },
    silent: [{ policy: budget({ weeklyLimitUSD: 100, monthlyLimitUSD: 100 }) }],
  },
  'budget-long-never-reached': {
    finds: {
      policy: budget({ dailyLimitUSD: 1, monthlyLimitUSD: 1000 }),
      path: 'budgetPolicy.monthlyLimitUSD',
    },
    silent: [
      { policy: budget({ dailyLimitUSD: 1, monthlyLimitUSD: 31 }) },
      { policy: budget({ dailyLimitUSD: 1, monthlyLimitUSD: 1000, onExceeded: 'warn' }) },
    ],
  },
  'request-above-limit': {
    finds: {
      policy: budget({ dailyLimitUSD: 1, maxCostPerRequest: 2 }),
      path: 'budgetPolicy.maxCostPerRequest',
    },
    silent: [{ policy: budget({ dailyLimitUSD: 10, maxCostPerRequest: 0.5 }) }],
  },
  'alert-too-late': {
    finds: {
      policy: budget({ dailyLimitUSD: 10, alertThreshold: 0.9, maxCostPerRequest: 1 }),
      path: 'budgetPolicy.alertThreshold',
    },
    silent: [{ policy: budget({ dailyLimitUSD: 10, alertThreshold: 0.8, maxCostPerRequest: 1 }) }],
  },
  'alerts-coincide': {
    finds: {
      policy: budget({ dailyLimitUSD: 10, alertThreshold: 0.9, criticalThreshold: 0.9 }),
      path: 'budgetPolicy.criticalThreshold',
    },
    silent: [{ policy: budget({ dailyLimitUSD: 10 }) }],
  },
  'alerts-reach-nobody': {
    finds: { policy: budget({ dailyLimitUSD: 10 }), path: 'budgetPolicy.alertEmails' },
    silent: [{ policy: budget({ dailyLimitUSD: 10, alertEmails: ['a@example.com'] }) }],
  },
  'alert-email-undeliverable': {
    finds: {
      policy: budget({ dailyLimitUSD: 10, alertEmails: ['a@example.com'] }),
      facts: facts({ emailConfigured: false }),
      path: 'budgetPolicy.alertEmails',
    },
    silent: [
      { policy: budget({ alertEmails: ['a@example.com'] }), facts: facts() },
      { policy: budget({ alertEmails: ['a@example.com'] }) },
    ],
  },
  'budget-blocks-unpriced': {
    finds: {
      policy: { budgetPolicy: block, ...models({ defaultModel: 'openai/unpriced' }) },
      facts: facts(),
      path: 'budgetPolicy.onExceeded',
    },
    silent: [
      {
        policy: { budgetPolicy: block, ...models({ defaultModel: 'openai/cheap' }) },
        facts: facts(),
      },
      {
        policy: {
          ...budget({ dailyLimitUSD: 1, onExceeded: 'warn' }),
          ...models({ defaultModel: 'openai/unpriced' }),
        },
        facts: facts(),
      },
    ],
  },
  'throttle-above-rate-limit': {
    finds: {
      policy: {
        ...rate({ requestsPerMinute: 5 }),
        ...budget({ dailyLimitUSD: 1, onExceeded: 'throttle', throttleRequestsPerMinute: 6 }),
      },
      path: 'budgetPolicy.throttleRequestsPerMinute',
    },
    silent: [
      {
        policy: {
          ...rate({ requestsPerMinute: 60 }),
          ...budget({ dailyLimitUSD: 1, onExceeded: 'throttle', throttleRequestsPerMinute: 6 }),
        },
      },
    ],
  },
  'soft-limit-wide': {
    finds: {
      policy: budget({ dailyLimitUSD: 1, softLimitEnabled: true, softLimitBuffer: 150 }),
      path: 'budgetPolicy.softLimitBuffer',
    },
    silent: [{ policy: budget({ dailyLimitUSD: 1, softLimitEnabled: true, softLimitBuffer: 10 }) }],
  },
  'budget-output-unbounded': {
    finds: { policy: { budgetPolicy: block }, path: 'modelRestrictions.maxOutputTokens' },
    silent: [{ policy: { budgetPolicy: block, ...models({ maxOutputTokens: 1000 }) } }],
  },
};
