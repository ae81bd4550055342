import { describe, expect, it } from 'vitest';
import { PII_ENTITIES } from './prompt/schema';
import { defaultPoliciesForTier, TIERS } from './tiers';
import { validateRolePolicy } from './validate';

describe('default policies of the tiers', () => {
  it('free: what the specification sets', () => {
    expect(defaultPoliciesForTier('free')).toMatchObject({
      cachingPolicy: { enabled: true, similarityThreshold: 0.98, ttlSeconds: 3600 },
      routingPolicy: { enabled: true, strategy: 'cost' },
      resiliencePolicy: { enabled: false },
      budgetPolicy: { enabled: true, dailyLimitUSD: 1, monthlyLimitUSD: 10, onExceeded: 'block' },
    });
  });

  it('professional: what the specification sets', () => {
    expect(defaultPoliciesForTier('professional')).toMatchObject({
      cachingPolicy: { enabled: true, similarityThreshold: 0.95, ttlSeconds: 7200 },
      routingPolicy: { enabled: true, strategy: 'cost' },
      resiliencePolicy: {
        enabled: true,
        retryEnabled: true,
        maxRetries: 2,
        fallbackEnabled: true,
        circuitBreakerEnabled: true,
      },
      budgetPolicy: {
        enabled: true,
        monthlyLimitUSD: 500,
        alertThreshold: 0.8,
        onExceeded: 'warn',
      },
    });
  });

  it('enterprise: what the specification sets', () => {
    expect(defaultPoliciesForTier('enterprise')).toMatchObject({
      cachingPolicy: { enabled: true, similarityThreshold: 0.9, ttlSeconds: 14_400 },
      routingPolicy: { enabled: true, strategy: 'latency' },
      resiliencePolicy: {
        enabled: true,
        retryEnabled: true,
        maxRetries: 3,
        fallbackEnabled: true,
        fallbackChain: [
          { provider: 'openai', model: 'gpt-4o', priority: 1 },
          { provider: 'anthropic', model: 'claude-3-5-sonnet', priority: 2 },
          { provider: 'gemini', model: 'gemini-pro', priority: 3 },
        ],
        circuitBreakerEnabled: true,
      },
      budgetPolicy: {
        enabled: true,
        monthlyLimitUSD: 10_000,
        alertThreshold: 0.9,
        onExceeded: 'warn',
      },
    });
  });

  it.each([
    ['free', 20, 20_000, 'block', false],
    ['professional', 300, 300_000, 'block', true],
    ['enterprise', 3000, 5_000_000, 'warn', true],
  ] as const)(
    '%s: rates, injection, personal data and tools as the contract says',
    (tier, requests, tokens, action, tools) => {
      expect(defaultPoliciesForTier(tier)).toMatchObject({
        rateLimitPolicy: { enabled: true, requestsPerMinute: requests, tokensPerMinute: tokens },
        promptPolicies: {
          enabled: true,
          injection: { enabled: true, action },
          pii: { enabled: true, action: 'redact' },
        },
        toolPolicies: { enabled: true, allowToolCalling: tools },
      });
    },
  );

  it.each(TIERS)('%s: fields left out have the defaults of the contract', (tier) => {
    expect(defaultPoliciesForTier(tier)).toMatchObject({
      cachingPolicy: {
        maxCacheSize: 10_000,
        cacheStreaming: true,
        cacheToolCalls: false,
        trackSavings: true,
        scope: 'role',
      },
      resiliencePolicy: {
        retryBackoffMs: 1000,
        retryBackoffMax: 30_000,
        circuitBreakerThreshold: 5,
        circuitBreakerTimeout: 60,
        requestTimeoutMs: 30_000,
      },
      budgetPolicy: { criticalThreshold: 0.95, throttleRequestsPerMinute: 6 },
      modelRestrictions: { enabled: false },
    });
  });

  it.each(TIERS)('%s: may be saved as it is', (tier) => {
    expect(validateRolePolicy(defaultPoliciesForTier(tier))).toMatchObject({ ok: true });
  });

  it('fills the lists that a strategy needs, with models of the tenant where it is told some', () => {
    const { costConfig } = defaultPoliciesForTier('free').routingPolicy;
    expect([costConfig.simpleModels, costConfig.mediumModels, costConfig.complexModels]).toEqual([
      ['gpt-3.5-turbo', 'claude-3-haiku', 'sandbox/small'],
      ['gpt-4o-mini', 'claude-3-sonnet', 'sandbox/medium'],
      ['gpt-4o', 'claude-3-opus', 'sandbox/large'],
    ]);
    const own = defaultPoliciesForTier('enterprise', {
      simple: [],
      medium: [],
      complex: [],
      fallbacks: [{ provider: 'sandbox', model: 'small' }],
    });
    expect(own.routingPolicy.latencyConfig.preferredModels).toEqual(['sandbox/small']);
    expect(own.resiliencePolicy.fallbackChain).toMatchObject([
      { provider: 'sandbox', model: 'small', priority: 1 },
    ]);
  });

  it('looks for personal data that the schema looks for by default', () => {
    const { entities } = defaultPoliciesForTier('free').promptPolicies.pii;
    expect(entities.length).toBeGreaterThan(0);
    expect(PII_ENTITIES).toEqual(expect.arrayContaining(entities));
  });
});
