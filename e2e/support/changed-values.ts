import type { PolicyKind, RolePolicy } from '@/lib/policy/role-policy';
import { policyFields, valueAt, type PolicyField } from '@/lib/policy/walk';

export type ChangedValue = { path: string; value: unknown };

/**
 * For every field of a section, as the schemas declare them, a permitted value that differs from the
 * present one. A new kind of field that is not known here fails the test that asks.
 */
export function changedValues(kind: PolicyKind, policy: RolePolicy): ChangedValue[] {
  return policyFields()
    .filter(({ section }) => section === kind)
    .map((field) => ({ path: field.path, value: otherValue(field, valueAt(policy, field.keys)) }));
}

/** Fields that stand in a relation to others, or whose lists hold more than strings. */
const CHOSEN: Record<string, unknown> = {
  'routingPolicy.costConfig.simpleQueryThreshold': 0.25,
  'routingPolicy.costConfig.complexQueryThreshold': 0.65,
  'routingPolicy.weightedConfig.weights': { sandbox: 70, 'openai/gpt-3.5-turbo': 30 },
  'routingPolicy.capabilityConfig.taskModels': {
    code: ['gpt-4', 'claude-3-opus'],
    translation: ['sandbox/large'],
  },
  'rateLimitPolicy.perModel': {
    'gpt-3.5-turbo': { requestsPerMinute: 60, tokensPerMinute: 90_000 },
    'sandbox/*': { requestsPerMinute: 0, tokensPerMinute: 5000 },
  },
  'resiliencePolicy.fallbackChain': [
    { provider: 'openai', model: 'gpt-4o', priority: 1, timeoutMs: 20_000 },
    { provider: 'anthropic', model: 'claude-3-5-sonnet', priority: 2, timeoutMs: 30_000 },
  ],
  'resiliencePolicy.retryBackoffMs': 250,
  'resiliencePolicy.retryBackoffMax': 9000,
  'resiliencePolicy.retryableErrors': ['529', 'overloaded_error'],
  'budgetPolicy.alertThreshold': 0.6,
  'budgetPolicy.criticalThreshold': 0.925,
  'modelRestrictions.allowedProviders': ['sandbox', 'openai'],
  'modelRestrictions.defaultModel': 'sandbox/medium',
};

const BY_CONTROL: Record<string, unknown> = {
  models: ['gpt-4-turbo', 'claude-3-opus', 'sandbox/small'],
  tools: ['search_*', 'get_weather'],
  patterns: ['(?i)internal use only', 'PROJ-\\d+'],
  emails: ['admin@company.com', 'finance@company.com'],
  phrases: ['ignore the draft, please', 'act as an editor'],
  url: 'https://hooks.example.com/services/budget',
};

function otherValue(field: PolicyField, present: unknown): unknown {
  const { path, type, control, values } = field;
  if (path in CHOSEN) return CHOSEN[path];
  if (type === 'boolean') return present !== true;
  if (type === 'enum') return values?.find((value) => value !== present);
  if (type === 'list' && values) return [values[0], values.at(-1)];
  if (type === 'integer') return otherInteger(field, Number(present));
  if (type === 'number') return field.max === 1 ? 0.42 : 12.5;
  const value = BY_CONTROL[control ?? ''];
  if (value === undefined)
    throw new Error(`e2e/support/changed-values.ts has no value for ${path}`);
  return value;
}

function otherInteger({ min = 0, max = Infinity }: PolicyField, present: number): number {
  const candidates = [min + 7, min + 8, min + 1];
  const value = candidates.find((candidate) => candidate !== present && candidate <= max);
  if (value === undefined) throw new Error(`no other integer from ${min} to ${max}`);
  return value;
}
