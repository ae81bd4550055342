import { type RolePolicy, type RolePolicyInput, rolePolicySchema } from './role-policy';

export const TIERS = ['free', 'professional', 'enterprise'] as const;
export type Tier = (typeof TIERS)[number];

/** Models for the lists that a default needs to work. */
export type TierModels = {
  simple: string[];
  medium: string[];
  complex: string[];
  /** Targets of last resort, in order. */
  fallbacks: { provider: string; model: string }[];
};

/**
 * The specification's own examples, and the simulator's model of each tier, so that the default works for
 * a tenant that has connected nothing else yet. Routing asks it only where no real model of the tier can
 * serve.
 */
const SPECIFIED_MODELS: TierModels = {
  simple: ['gpt-3.5-turbo', 'claude-3-haiku', 'sandbox/small'],
  medium: ['gpt-4o-mini', 'claude-3-sonnet', 'sandbox/medium'],
  complex: ['gpt-4o', 'claude-3-opus', 'sandbox/large'],
  fallbacks: [
    { provider: 'openai', model: 'gpt-4o' },
    { provider: 'anthropic', model: 'claude-3-5-sonnet' },
    { provider: 'gemini', model: 'gemini-pro' },
  ],
};

/**
 * The policy of a new tenant's default role. Values are the specification's; fields it leaves out take
 * the schema's defaults. `models` replaces the models it names, for tenants whose providers have
 * others.
 */
export function defaultPoliciesForTier(
  tier: Tier,
  models: TierModels = SPECIFIED_MODELS,
): RolePolicy {
  return rolePolicySchema.parse(POLICIES[tier](models));
}

const costRouting = ({ simple, medium, complex }: TierModels) =>
  ({
    enabled: true,
    strategy: 'cost',
    costConfig: { simpleModels: simple, mediumModels: medium, complexModels: complex },
  }) satisfies RolePolicyInput['routingPolicy'];

const fallbackChain = ({ fallbacks }: TierModels) =>
  fallbacks.map((target, index) => ({ ...target, priority: index + 1 }));

const prompts = (action: 'block' | 'warn') =>
  ({
    enabled: true,
    injection: { enabled: true, action },
    pii: { enabled: true, action: 'redact' },
  }) satisfies RolePolicyInput['promptPolicies'];

const rates = (requestsPerMinute: number, tokensPerMinute: number) =>
  ({
    enabled: true,
    requestsPerMinute,
    tokensPerMinute,
  }) satisfies RolePolicyInput['rateLimitPolicy'];

const POLICIES: Record<Tier, (models: TierModels) => RolePolicyInput> = {
  free: (models) => ({
    promptPolicies: prompts('block'),
    toolPolicies: { enabled: true, allowToolCalling: false },
    rateLimitPolicy: rates(20, 20_000),
    cachingPolicy: { enabled: true, similarityThreshold: 0.98, ttlSeconds: 3600 },
    routingPolicy: costRouting(models),
    resiliencePolicy: { enabled: false },
    budgetPolicy: { enabled: true, dailyLimitUSD: 1, monthlyLimitUSD: 10, onExceeded: 'block' },
  }),
  professional: (models) => ({
    promptPolicies: prompts('block'),
    toolPolicies: { enabled: true, allowToolCalling: true },
    rateLimitPolicy: rates(300, 300_000),
    cachingPolicy: { enabled: true, similarityThreshold: 0.95, ttlSeconds: 7200 },
    routingPolicy: costRouting(models),
    resiliencePolicy: {
      enabled: true,
      retryEnabled: true,
      maxRetries: 2,
      fallbackEnabled: true,
      fallbackChain: fallbackChain(models),
      circuitBreakerEnabled: true,
    },
    budgetPolicy: { enabled: true, monthlyLimitUSD: 500, alertThreshold: 0.8, onExceeded: 'warn' },
  }),
  enterprise: (models) => ({
    promptPolicies: prompts('warn'),
    toolPolicies: { enabled: true, allowToolCalling: true },
    rateLimitPolicy: rates(3000, 5_000_000),
    cachingPolicy: { enabled: true, similarityThreshold: 0.9, ttlSeconds: 14_400 },
    routingPolicy: {
      enabled: true,
      strategy: 'latency',
      latencyConfig: { preferredModels: fallbackChain(models).map(nameOf) },
    },
    resiliencePolicy: {
      enabled: true,
      retryEnabled: true,
      maxRetries: 3,
      fallbackEnabled: true,
      fallbackChain: fallbackChain(models),
      circuitBreakerEnabled: true,
    },
    budgetPolicy: {
      enabled: true,
      monthlyLimitUSD: 10_000,
      alertThreshold: 0.9,
      onExceeded: 'warn',
    },
  }),
};

const nameOf = ({ provider, model }: { provider: string; model: string }) => `${provider}/${model}`;
