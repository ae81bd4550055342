import { describe, expect, it } from 'vitest';
import { fieldInfo, helpText, itemFault, keyFault } from './field-info';

describe('fieldInfo', () => {
  it('reads label, unit and bounds from the schema', () => {
    expect(fieldInfo('cachingPolicy.ttlSeconds')).toMatchObject({
      title: 'Cache TTL',
      unit: 'seconds',
      min: 1,
      max: 31_536_000,
      zeroMeansUnlimited: false,
    });
  });

  it('looks into nested sections, lists and maps', () => {
    expect(fieldInfo('promptPolicies.injection.sensitivity').title).toBe('Sensitivity');
    expect(fieldInfo('resiliencePolicy.fallbackChain.*.timeoutMs').unit).toBe('ms');
    expect(fieldInfo('rateLimitPolicy.perModel.*.tokensPerMinute').unit).toBe('tokens');
  });

  it('knows where 0 means unlimited', () => {
    expect(fieldInfo('rateLimitPolicy.requestsPerMinute').zeroMeansUnlimited).toBe(true);
    expect(fieldInfo('budgetPolicy.dailyLimitUSD').zeroMeansUnlimited).toBe(true);
  });

  it('refuses a field that does not exist', () => {
    expect(() => fieldInfo('cachingPolicy.nothing')).toThrow(/no field/);
  });
});

describe('itemFault', () => {
  it('says what is wrong with an e-mail address', () => {
    const fault = itemFault('budgetPolicy.alertEmails');
    expect(fault('finance@example.com')).toBeNull();
    expect(fault('finance')).toMatch(/e-mail/);
  });

  it('takes the model names people write, and wildcards only where they are possible', () => {
    const excluded = itemFault('cachingPolicy.excludedModels');
    for (const name of ['gpt-4-turbo', 'claude-3-opus', 'openai/gpt-4o', 'gpt-4*'])
      expect(excluded(name)).toBeNull();
    expect(itemFault('routingPolicy.costConfig.simpleModels')('gpt-4*')).toMatch(/wildcard/);
  });
});

it('takes wildcards for keys of maps, and refuses names with spaces', () => {
  const fault = keyFault('rateLimitPolicy.perModel');
  expect(fault('openai/*')).toBeNull();
  expect(fault('gpt 4')).toMatch(/no spaces/);
});

it('leaves the sentence on 0 to the control', () => {
  expect(helpText(fieldInfo('rateLimitPolicy.requestsPerMinute'))).toBe(
    'Requests in any 60 seconds.',
  );
});
