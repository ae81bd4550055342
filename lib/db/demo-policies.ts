import type { RolePolicyInput } from '@/lib/policy/role-policy';
import type { TierModels } from '@/lib/policy/tiers';

/**
 * What the demo tenant's roles show. All models are the sandbox's, so that every request of a first walk is answered
 * without an account anywhere.
 */

/** The demo key's role: nothing in the way of a first request, and room to switch things on. */
export const PLAYGROUND_POLICY: RolePolicyInput = {
  promptPolicies: {
    enabled: true,
    sanitize: { normalizeUnicode: true, stripInvisible: true },
    injection: { enabled: true, action: 'warn' },
  },
  modelRestrictions: {
    enabled: true,
    mode: 'blocklist',
    defaultModel: 'sandbox/small',
    maxOutputTokens: 4096,
  },
};

/** All eight sections on, as a public support bot would have them. */
export const SUPPORT_POLICY: RolePolicyInput = {
  promptPolicies: {
    enabled: true,
    maxPromptChars: 20_000,
    maxMessages: 50,
    sanitize: { normalizeUnicode: true, stripInvisible: true },
    injection: { enabled: true, sensitivity: 'medium', action: 'block', scanToolResults: true },
    pii: {
      enabled: true,
      entities: ['email', 'phone', 'credit_card', 'iban'],
      action: 'redact',
      restoreInResponse: true,
    },
    blockedPatterns: ['(?i)\\binternal use only\\b'],
  },
  toolPolicies: {
    enabled: true,
    allowToolCalling: true,
    allowedTools: ['search_*', 'get_order'],
    blockedTools: ['delete_*'],
    maxToolsPerRequest: 8,
    maxToolCallsPerResponse: 4,
    onViolation: 'strip',
  },
  rateLimitPolicy: {
    enabled: true,
    scope: 'key',
    requestsPerMinute: 60,
    tokensPerMinute: 40_000,
    maxConcurrentRequests: 10,
    burstRequests: 10,
    perModel: { 'sandbox/large': { requestsPerMinute: 10 } },
  },
  modelRestrictions: {
    enabled: true,
    mode: 'allowlist',
    allowedModels: ['sandbox/*'],
    defaultModel: 'sandbox/small',
    maxOutputTokens: 2048,
  },
  cachingPolicy: {
    enabled: true,
    similarityThreshold: 0.95,
    ttlSeconds: 3600,
    excludedModels: ['sandbox/large'],
  },
  routingPolicy: {
    enabled: true,
    strategy: 'cost',
    costConfig: {
      simpleModels: ['sandbox/small'],
      mediumModels: ['sandbox/medium'],
      complexModels: ['sandbox/large'],
    },
  },
  resiliencePolicy: {
    enabled: true,
    retryEnabled: true,
    maxRetries: 2,
    retryBackoffMs: 200,
    fallbackEnabled: true,
    fallbackChain: [
      { provider: 'sandbox', model: 'medium', priority: 1 },
      { provider: 'sandbox', model: 'large', priority: 2 },
    ],
    circuitBreakerEnabled: true,
  },
  budgetPolicy: { enabled: true, dailyLimitUSD: 5, monthlyLimitUSD: 100, onExceeded: 'warn' },
};

/** The sandbox's models in the places of a tier's, so that the tier's routing finds candidates here. */
export const SANDBOX_TIER_MODELS: TierModels = {
  simple: ['sandbox/small'],
  medium: ['sandbox/medium'],
  complex: ['sandbox/large'],
  fallbacks: [
    { provider: 'sandbox', model: 'medium' },
    { provider: 'sandbox', model: 'large' },
  ],
};
