import {
  INJECTION_ACTIONS,
  INJECTION_SENSITIVITIES,
  PII_ACTIONS,
  PII_ENTITIES,
} from '@/lib/policy/prompt/schema';
import { MEMBERSHIP_ROLES } from '@/lib/db/memberships-repository';
import { USAGE_DIMENSIONS } from '@/lib/db/request-log-repository';
import { PROVIDER_KINDS } from '@/lib/gateway/types';
import { INPUT_NAMES, OUTPUT_NAMES } from '@/lib/openapi/names';
import { BUDGET_EXCEEDED_ACTIONS } from '@/lib/policy/budget/schema';
import { CACHE_SCOPES } from '@/lib/policy/caching/schema';
import { SEVERITIES } from '@/lib/policy/lint/finding';
import { MODEL_RESTRICTION_MODES } from '@/lib/policy/model/schema';
import { RATE_LIMIT_SCOPES } from '@/lib/policy/rate-limit/schema';
import { ROUTING_STRATEGIES, TASK_TYPES } from '@/lib/policy/routing/schema';
import { TIERS } from '@/lib/policy/tiers';
import { TOOL_VIOLATION_ACTIONS } from '@/lib/policy/tool/schema';

/** Names of enums by their values: one set of values is one enum wherever it stands. */
const ENUM_NAMES: ReadonlyMap<string, string> = new Map(
  (
    [
      ['RoutingStrategy', ROUTING_STRATEGIES],
      ['BudgetExceededAction', BUDGET_EXCEEDED_ACTIONS],
      ['TaskType', TASK_TYPES],
      ['InjectionSensitivity', INJECTION_SENSITIVITIES],
      ['InjectionAction', INJECTION_ACTIONS],
      ['PiiAction', PII_ACTIONS],
      ['PiiEntity', PII_ENTITIES],
      ['ToolViolationAction', TOOL_VIOLATION_ACTIONS],
      ['RateLimitScope', RATE_LIMIT_SCOPES],
      ['ModelRestrictionMode', MODEL_RESTRICTION_MODES],
      ['CacheScope', CACHE_SCOPES],
      ['TenantTier', TIERS],
      ['MembershipRole', MEMBERSHIP_ROLES],
      ['LogContent', ['none', 'redacted', 'full']],
      ['ProviderKind', PROVIDER_KINDS],
      ['ActorType', ['user', 'token', 'bootstrap']],
      ['PriceSource', ['catalogue', 'tenant']],
      ['UsageDimension', USAGE_DIMENSIONS],
      ['BudgetWindowName', ['day', 'week', 'month']],
      ['BreakerState', ['closed', 'open', 'half_open']],
      ['AlertChannel', ['email', 'webhook', 'slack']],
      ['AlertStatus', ['pending', 'delivered', 'failed', 'undeliverable']],
      ['TestAlertStatus', ['sent', 'failed', 'undeliverable']],
      ['StageVerdict', ['allow', 'deny', 'rewrite', 'skip']],
      ['CacheStatus', ['hit-exact', 'hit-semantic', 'miss', 'bypass', 'off']],
      ['LedgerBook', ['window', 'lease', 'usage', 'receipt']],
      ['LintSeverity', SEVERITIES],
    ] as const
  ).map(([name, values]) => [[...values].toSorted().join(), name]),
);

/** @throws Error for values that have no name yet: an enum's name is part of the published schema */
export function enumName(values: readonly string[]): string {
  const name = ENUM_NAMES.get(values.toSorted().join());
  if (name) return name;
  throw new Error(`Name the enum of ${values.join(', ')} in lib/graphql/names.ts.`);
}

/** Names of nested objects that would not follow from where they stand. */
const NESTED_NAMES: Readonly<Record<string, string>> = {
  'RoutingPolicy.costConfig': 'CostRoutingConfig',
  'RoutingPolicy.latencyConfig': 'LatencyRoutingConfig',
  'RoutingPolicy.weightedConfig': 'WeightedRoutingConfig',
  'RoutingPolicy.capabilityConfig': 'CapabilityRoutingConfig',
  'RoutingPolicy.roundRobinConfig': 'RoundRobinRoutingConfig',
  'ResiliencePolicy.fallbackChain': 'FallbackConfig',
  'WeightedRoutingConfig.weights': 'RoutingWeight',
  'CapabilityRoutingConfig.taskModels': 'TaskModels',
  'RateLimitPolicy.perModel': 'ModelRateLimit',
  'PromptPolicies.sanitize': 'SanitizeConfig',
  'PromptPolicies.injection': 'InjectionConfig',
  'PromptPolicies.pii': 'PiiConfig',
  'Budgets.items': 'RoleBudget',
  'RoleBudget.windows': 'BudgetWindow',
  'Usage.items': 'UsageRow',
  'CacheStats.days': 'CacheStatsDay',
  'Lint.findings': 'LintFinding',
};

/** Maps as GraphQL has none: a list of entries, whose key and value are called so. */
const ENTRY_FIELDS: Readonly<Record<string, { key: string; value: string }>> = {
  'WeightedRoutingConfig.weights': { key: 'target', value: 'weight' },
  'CapabilityRoutingConfig.taskModels': { key: 'task', value: 'models' },
  // The value is an object: its fields stand beside the key.
  'RateLimitPolicy.perModel': { key: 'model', value: '' },
};

/** @throws Error for a map that has no names for its entries yet */
export function entryFields(parent: string, field: string): { key: string; value: string } {
  const names = ENTRY_FIELDS[`${bare(parent)}.${field}`];
  if (names) return names;
  throw new Error(`Name the entries of ${parent}.${field} in lib/graphql/names.ts.`);
}

/** An object within another: by its place, unless it has a name of its own. */
export function nestedName(parent: string, field: string, isList: boolean): string {
  const suffix = parent.endsWith('Input') ? 'Input' : '';
  const known = NESTED_NAMES[`${bare(parent)}.${field}`];
  if (known) return `${known}${suffix}`;
  const singular = isList ? field.replace(/s$/, '') : field;
  // A summary and the whole have the same parts.
  const owner = bare(parent).replace(/Summary$/, '');
  return `${owner}${singular.charAt(0).toUpperCase()}${singular.slice(1)}${suffix}`;
}

const bare = (name: string) => name.replace(/Input$/, '');

/** As OpenAPI's, so that one thing has one name. */
export const namesOf = (io: 'input' | 'output') => (io === 'input' ? INPUT_NAMES : OUTPUT_NAMES);
