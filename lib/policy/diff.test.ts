import { Ajv2020 } from 'ajv/dist/2020';
import { describe, expect, it } from 'vitest';
import { describeChange } from './describe';
import { describeDuration } from './describe-value';
import { diffPolicies, MASK, MASK_CHANGED, SEALED_PATHS } from './diff';
import { mergePolicies, withField } from './merge';
import { emptyPolicy, type RolePolicyInput, rolePolicySchema } from './role-policy';
import { allPolicyFields, fieldAt, policyFields, policyJsonSchema } from './walk';

const policy = (input: RolePolicyInput) => rolePolicySchema.parse(input);
const words = (from: RolePolicyInput, to: RolePolicyInput) =>
  diffPolicies(policy(from), policy(to)).map(describeChange);

describe('difference of two policies', () => {
  it('is empty when they mean the same, whatever the order of keys', () => {
    const weights = (keys: [string, number][]) =>
      policy({ routingPolicy: { weightedConfig: { weights: Object.fromEntries(keys) } } });
    expect(diffPolicies(emptyPolicy, policy({}))).toEqual([]);
    expect(
      diffPolicies(
        weights([
          ['a', 40],
          ['b', 60],
        ]),
        weights([
          ['b', 60],
          ['a', 40],
        ]),
      ),
    ).toEqual([]);
  });

  it('lists each field with its path and both values, lists as a whole', () => {
    const to = policy({
      budgetPolicy: { dailyLimitUSD: 50 },
      promptPolicies: { pii: { action: 'warn' }, blockedPatterns: ['a'] },
    });
    expect(diffPolicies(emptyPolicy, to)).toEqual([
      { path: 'promptPolicies.pii.action', from: 'redact', to: 'warn' },
      { path: 'promptPolicies.blockedPatterns', from: [], to: ['a'] },
      { path: 'budgetPolicy.dailyLimitUSD', from: 0, to: 50 },
    ]);
  });

  it('finds a change of every field there is', () => {
    for (const field of policyFields()) {
      const changed = structuredClone(emptyPolicy);
      const holder = field.keys
        .slice(0, -1)
        .reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, changed);
      holder[field.keys.at(-1) ?? ''] = 'another';
      expect(diffPolicies(emptyPolicy, changed).map(({ path }) => path)).toEqual([field.path]);
    }
  });

  it('masks what is sealed and still says that it changed', () => {
    expect(SEALED_PATHS).toEqual(['budgetPolicy.alertWebhook', 'budgetPolicy.alertSlack']);
    const at = (alertSlack: string) => policy({ budgetPolicy: { alertSlack } });
    const change = (from: string, to: string) => diffPolicies(at(from), at(to))[0];
    const path = 'budgetPolicy.alertSlack';
    expect(change('', 'https://a.example')).toEqual({ path, from: '', to: MASK });
    expect(change('https://a.example', '')).toEqual({ path, from: MASK, to: '' });
    expect(change('https://a.example', 'https://b.example')).toEqual({
      path,
      from: MASK,
      to: MASK_CHANGED,
    });
  });
});

describe('changes in words', () => {
  it.each<[RolePolicyInput, RolePolicyInput, string]>([
    [{}, { budgetPolicy: { dailyLimitUSD: 50 } }, 'Budget · Daily limit: $0 → $50.00'],
    [
      {},
      { budgetPolicy: { maxCostPerRequest: 0.00025 } },
      'Budget · Per-request max: $0 → $0.00025',
    ],
    [{}, { budgetPolicy: { alertThreshold: 0.75 } }, 'Budget · Warning alert: 80% → 75%'],
    [{}, { budgetPolicy: { softLimitBuffer: 5 } }, 'Budget · Buffer: 10% → 5%'],
    [
      {},
      { cachingPolicy: { ttlSeconds: 7200 } },
      'Caching · Cache TTL: 3,600 seconds (1 hour) → 7,200 seconds (2 hours)',
    ],
    [{}, { cachingPolicy: { enabled: true } }, 'Caching · Enabled: off → on'],
    [
      {},
      { resiliencePolicy: { retryBackoffMs: 1 } },
      'Resilience · Backoff base: 1,000 ms (1 second) → 1 ms',
    ],
    [{}, { resiliencePolicy: { maxRetries: 1 } }, 'Resilience · Max retries: 3 retries → 1 retry'],
    [
      {},
      { resiliencePolicy: { retryOnTimeout: false } },
      'Resilience · Retry on · Timeout: on → off',
    ],
    [
      {},
      { promptPolicies: { pii: { action: 'warn' } } },
      'Prompts · Personal data · Action: redact → warn',
    ],
    [
      {},
      { modelRestrictions: { defaultModel: 'gpt-4o' } },
      'Models · Default model: none → gpt-4o',
    ],
    [
      { toolPolicies: { allowedTools: ['a', 'b'] } },
      { toolPolicies: { allowedTools: ['b', 'c'] } },
      'Tools · Allowed tools: added c; removed a',
    ],
    [
      { toolPolicies: { allowedTools: ['a', 'b'] } },
      { toolPolicies: { allowedTools: ['b', 'a'] } },
      'Tools · Allowed tools: new order b, a',
    ],
    [
      { routingPolicy: { weightedConfig: { weights: { openai: 100 } } } },
      { routingPolicy: { weightedConfig: { weights: { openai: 60, groq: 40 } } } },
      'Routing · Weighted · Weights: added groq 40%; changed openai 100% → 60%',
    ],
    [
      {},
      {
        resiliencePolicy: { fallbackChain: [{ provider: 'openai', model: 'gpt-4o', priority: 1 }] },
      },
      'Resilience · Fallback chain: added openai/gpt-4o (priority 1, 30 seconds)',
    ],
    [
      {},
      { rateLimitPolicy: { perModel: { 'gpt-*': { requestsPerMinute: 5 } } } },
      'Rate limit · Limits by model: added gpt-* (requests a minute 5)',
    ],
    [
      {},
      { routingPolicy: { capabilityConfig: { taskModels: { code: ['a', 'b'] } } } },
      'Routing · Capability · Models by task: added code (a, b)',
    ],
    [{}, { budgetPolicy: { alertWebhook: 'https://a.example' } }, 'Budget · Webhook URL: set'],
    [
      { budgetPolicy: { alertWebhook: 'https://a.example' } },
      { budgetPolicy: { alertWebhook: 'https://b.example' } },
      'Budget · Webhook URL: changed',
    ],
    [{ budgetPolicy: { alertWebhook: 'https://a.example' } }, {}, 'Budget · Webhook URL: removed'],
  ])('%j → %j', (from, to, expected) => {
    expect(words(from, to)).toEqual([expected]);
  });

  it.each([
    [250, '250 ms'],
    [1500, '1.5 seconds'],
    [90_000, '1 minute 30 seconds'],
    [86_400_000, '1 day'],
  ])('%d ms are %s', (ms, text) => {
    expect(describeDuration(ms)).toBe(text);
  });
});

describe('merge of two edits', () => {
  const base = policy({
    budgetPolicy: { dailyLimitUSD: 1, weeklyLimitUSD: 2, monthlyLimitUSD: 3 },
  });
  const edit = (input: RolePolicyInput['budgetPolicy']) =>
    policy({ budgetPolicy: { dailyLimitUSD: 1, weeklyLimitUSD: 2, monthlyLimitUSD: 3, ...input } });

  it('takes from each side what only that side changed', () => {
    const { merged, conflicts } = mergePolicies(
      base,
      edit({ dailyLimitUSD: 10 }),
      edit({ weeklyLimitUSD: 20 }),
    );
    expect(conflicts).toEqual([]);
    expect(merged).toEqual(edit({ dailyLimitUSD: 10, weeklyLimitUSD: 20 }));
  });

  it('names a conflict where both changed a field, and keeps mine until the user chooses', () => {
    const { merged, conflicts } = mergePolicies(
      base,
      edit({ dailyLimitUSD: 10 }),
      edit({ dailyLimitUSD: 11 }),
    );
    expect(conflicts).toEqual([
      { path: 'budgetPolicy.dailyLimitUSD', base: 1, mine: 10, theirs: 11 },
    ]);
    expect(merged.budgetPolicy.dailyLimitUSD).toBe(10);
    expect(withField(merged, 'budgetPolicy.dailyLimitUSD', 11).budgetPolicy.dailyLimitUSD).toBe(11);
  });

  it('sees no conflict where both made the same change', () => {
    const both = edit({ dailyLimitUSD: 10 });
    expect(mergePolicies(base, both, structuredClone(both))).toEqual({
      merged: both,
      conflicts: [],
    });
  });

  it('changes neither side', () => {
    const mine = edit({ alertEmails: ['a@b.co'] });
    const theirs = edit({ alertEmails: ['c@d.co'], enabled: true });
    const before = structuredClone([mine, theirs]);
    mergePolicies(base, mine, theirs);
    expect([mine, theirs]).toEqual(before);
  });

  it('does not know fields that do not exist', () => {
    expect(() => withField(base, 'budgetPolicy.nothing.here', 1)).toThrow(RangeError);
  });
});

describe('fields of the document', () => {
  it('all have a label and a help text', () => {
    for (const { title, description, path } of allPolicyFields()) {
      expect([path, title.length > 0, description.length > 10]).toEqual([path, true, true]);
    }
  });

  it('have as default what parsing an empty document gives', () => {
    for (const { keys, default: value } of policyFields()) {
      const parsed = keys.reduce<unknown>(
        (at, key) => (at as Record<string, unknown>)[key],
        emptyPolicy,
      );
      expect([keys.join('.'), value]).toEqual([keys.join('.'), parsed]);
    }
  });

  it('are found by the path of an issue, entries of lists and maps too', () => {
    expect(fieldAt(['resiliencePolicy', 'fallbackChain', 1, 'model'])?.title).toBe('Model');
    expect(fieldAt(['rateLimitPolicy', 'perModel', 'gpt-4.1', 'tokensPerMinute'])?.title).toBe(
      'Tokens a minute',
    );
    expect(fieldAt(['promptPolicies', 'blockedPatterns', 3])?.path).toBe(
      'promptPolicies.blockedPatterns',
    );
    expect(fieldAt(['nothing'])).toBeUndefined();
  });
});

describe('JSON Schema of the policy', () => {
  const ajv = new Ajv2020({ strict: false, formats: { email: true } });

  it('is valid 2020-12 and agrees with the parser', () => {
    const schema = policyJsonSchema();
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(ajv.validateSchema(schema)).toBe(true);
    const validate = ajv.compile(schema);
    expect(validate({})).toBe(true);
    expect(validate(emptyPolicy)).toBe(true);
    for (const wrong of [
      { x: 1 },
      { cachingPolicy: { ttlSeconds: 0 } },
      { budgetPolicy: { onExceeded: 'x' } },
    ]) {
      expect([wrong, validate(wrong)]).toEqual([wrong, false]);
    }
  });
});
