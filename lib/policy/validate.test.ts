import { describe, expect, it } from 'vitest';
import type { RolePolicyInput } from './role-policy';
import { validateRolePolicy } from './validate';

type Context = Parameters<typeof validateRolePolicy>[1];

function issues(input: unknown, context?: Context) {
  const result = validateRolePolicy(input, context);
  return result.ok ? [] : result.issues;
}
const paths = (input: RolePolicyInput, context?: Context) =>
  issues(input, context).map(({ path }) => path);

describe('a policy from outside', () => {
  it('may be empty, and then has every default', () => {
    const result = validateRolePolicy({});
    expect(result.ok && result.policy.cachingPolicy.similarityThreshold).toBe(0.95);
  });

  it.each([null, undefined, 'x', 3, []])('has to be an object, not %j', (input) => {
    expect(issues(input)).toHaveLength(1);
  });

  it('has no unknown keys: each is named with its path, and the nearest known one suggested', () => {
    expect(issues({ cachingPolicy: { ttl_seconds: 1, x: 2 }, y: 3 })).toEqual([
      {
        path: 'cachingPolicy.ttl_seconds',
        message: 'There is no field "ttl_seconds" here. Did you mean "ttlSeconds"?',
      },
      { path: 'cachingPolicy.x', message: expect.stringMatching(/no field "x".*Remove it/) },
      { path: 'y', message: expect.stringMatching(/no field "y"/) },
    ]);
  });

  it.each<[unknown, string, RegExp]>([
    [
      { resiliencePolicy: { maxRetries: 21 } },
      'resiliencePolicy.maxRetries',
      /^Max retries must be at most 20\.$/,
    ],
    [
      { cachingPolicy: { ttlSeconds: 0 } },
      'cachingPolicy.ttlSeconds',
      /^Cache TTL must be at least 1\.$/,
    ],
    [
      { cachingPolicy: { ttlSeconds: 1.5 } },
      'cachingPolicy.ttlSeconds',
      /^Cache TTL must be a whole number\.$/,
    ],
    [
      { routingPolicy: { strategy: 'x' } },
      'routingPolicy.strategy',
      /^Strategy must be one of cost, latency/,
    ],
    [
      { resiliencePolicy: { fallbackChain: [{ provider: 'a', model: 'b' }] } },
      'resiliencePolicy.fallbackChain.0.priority',
      /^Priority is required/,
    ],
    [
      { promptPolicies: { blockedPatterns: ['a', '(?=b)'] } },
      'promptPolicies.blockedPatterns.1',
      /^Blocked patterns \(entry 2\): Not a valid RE2 pattern/,
    ],
    [{ cachingPolicy: { excludedPatterns: ['('] } }, 'cachingPolicy.excludedPatterns.0', /RE2/],
    [{ budgetPolicy: { alertEmails: ['a@b.co', 'nope'] } }, 'budgetPolicy.alertEmails.1', /e-mail/],
    [{ budgetPolicy: { alertWebhook: 'ftp://a' } }, 'budgetPolicy.alertWebhook', /whole URL/],
    [{ toolPolicies: { allowedTools: ['a', 'a'] } }, 'toolPolicies.allowedTools.1', /listed twice/],
    [
      { routingPolicy: { weightedConfig: { weights: { 'a b': 100 } } } },
      'routingPolicy.weightedConfig.weights.a b',
      /no spaces/,
    ],
    [
      { modelRestrictions: { defaultModel: 'gpt-*' } },
      'modelRestrictions.defaultModel',
      /wildcard/,
    ],
  ])('names the field and the remedy: %j', (input, path, message) => {
    expect(issues(input)).toEqual([{ path, message: expect.stringMatching(message) }]);
  });

  it('is told all its faults at once, those between fields too', () => {
    const input = {
      cachingPolicy: { ttlSeconds: 'soon' },
      budgetPolicy: { alertThreshold: 1, criticalThreshold: 0.5 },
      resiliencePolicy: { retryBackoffMs: 9, retryBackoffMax: 1, maxRetries: -1 },
    };
    expect(issues(input).map(({ path }) => path)).toEqual([
      'cachingPolicy.ttlSeconds',
      'resiliencePolicy.maxRetries',
      'budgetPolicy.alertThreshold',
    ]);
  });
});

describe('rules between fields', () => {
  it.each<[RolePolicyInput['routingPolicy'], string[]]>([
    [{ weightedConfig: { weights: { openai: 60, anthropic: 40 } } }, []],
    [
      { weightedConfig: { weights: { openai: 60, anthropic: 30 } } },
      ['routingPolicy.weightedConfig.weights'],
    ],
    [{ strategy: 'weighted' }, []],
    [{ enabled: true, strategy: 'weighted' }, ['routingPolicy.weightedConfig.weights']],
    [{ costConfig: { simpleQueryThreshold: 0.7, complexQueryThreshold: 0.7 } }, []],
    [
      { costConfig: { simpleQueryThreshold: 0.8 } },
      ['routingPolicy.costConfig.simpleQueryThreshold'],
    ],
  ])('routing %j has faults at %j', (routingPolicy, expected) => {
    expect(paths({ routingPolicy })).toEqual(expected);
  });

  it('warning alert is not above critical alert', () => {
    expect(paths({ budgetPolicy: { alertThreshold: 0.9, criticalThreshold: 0.9 } })).toEqual([]);
    expect(paths({ budgetPolicy: { alertThreshold: 0.96 } })).toEqual([
      'budgetPolicy.alertThreshold',
    ]);
  });

  it('backoff is not above its maximum', () => {
    expect(paths({ resiliencePolicy: { retryBackoffMs: 30_001 } })).toEqual([
      'resiliencePolicy.retryBackoffMs',
    ]);
  });

  it('priorities are unique', () => {
    const at = (priority: number) => ({ provider: 'openai', model: 'gpt-4o', priority });
    expect(paths({ resiliencePolicy: { fallbackChain: [at(1), at(2), at(1), at(1)] } })).toEqual([
      'resiliencePolicy.fallbackChain.2.priority',
      'resiliencePolicy.fallbackChain.3.priority',
    ]);
  });

  it('URLs are asked of the server, empty ones are not', () => {
    const policy = { budgetPolicy: { alertWebhook: 'https://a.example/x', alertSlack: '' } };
    expect(paths(policy)).toEqual([]);
    expect(issues(policy, { checkUrl: (url) => `${url} is private.` })).toEqual([
      { path: 'budgetPolicy.alertWebhook', message: 'https://a.example/x is private.' },
    ]);
  });

  it('finds every place that names a model which restrictions forbid', () => {
    const expected = [
      'modelRestrictions.defaultModel',
      'routingPolicy.costConfig.simpleModels.1',
      'routingPolicy.costConfig.mediumModels.0',
      'routingPolicy.costConfig.complexModels.0',
      'routingPolicy.latencyConfig.preferredModels.0',
      'routingPolicy.roundRobinConfig.models.0',
      'routingPolicy.capabilityConfig.taskModels.code.1',
      'resiliencePolicy.fallbackChain.1.model',
      'resiliencePolicy.fallbackChain.2.provider',
      'routingPolicy.weightedConfig.weights.groq',
      'routingPolicy.weightedConfig.weights.openai/o1',
    ];
    const target = (provider: string, model: string, priority: number) => ({
      provider,
      model,
      priority,
    });
    const policy: RolePolicyInput = {
      modelRestrictions: {
        enabled: true,
        allowedModels: ['openai/gpt-4*'],
        allowedProviders: ['openai'],
        defaultModel: 'o1',
      },
      routingPolicy: {
        costConfig: {
          simpleModels: ['gpt-4o-mini', 'o1'],
          mediumModels: ['openai/o1'],
          complexModels: ['groq/gpt-4o'],
        },
        latencyConfig: { preferredModels: ['claude-3-opus'] },
        roundRobinConfig: { models: ['o1'] },
        capabilityConfig: { taskModels: { code: ['openai/gpt-4o', 'o1'] } },
        weightedConfig: { weights: { openai: 40, groq: 30, 'openai/o1': 20, 'openai/gpt-4o': 10 } },
      },
      resiliencePolicy: {
        fallbackChain: [
          target('openai', 'gpt-4o', 1),
          target('openai', 'o1', 2),
          target('groq', 'gpt-4o', 3),
        ],
      },
    };
    expect(paths(policy)).toEqual(expected);
    expect(
      paths({ ...policy, modelRestrictions: { ...policy.modelRestrictions, enabled: false } }),
    ).toEqual([]);
  });

  it.each<[RolePolicyInput['modelRestrictions'], string, boolean]>([
    [{ allowedModels: ['openai/gpt-4o'] }, 'gpt-4o', true],
    [{ allowedModels: ['openai/gpt-4o'], allowedProviders: ['groq'] }, 'gpt-4o', false],
    [{ allowedModels: ['meta-llama/*'] }, 'meta-llama/llama-3', true],
    [{ allowedModels: ['gpt-4o'] }, 'openai/gpt-4o', true],
    [{ mode: 'blocklist', blockedModels: ['openai/gpt-4o'] }, 'gpt-4o', true],
    [{ mode: 'blocklist', blockedModels: ['openai/gpt-4o'] }, 'openai/gpt-4o', false],
    [{ mode: 'blocklist', blockedModels: ['gpt-*'] }, 'gpt-4o', false],
  ])('with %j the default model %s is permitted: %s', (restrictions, defaultModel, permitted) => {
    const policy = { modelRestrictions: { enabled: true, ...restrictions, defaultModel } };
    expect(paths(policy)).toEqual(permitted ? [] : ['modelRestrictions.defaultModel']);
  });
});
