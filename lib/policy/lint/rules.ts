import type { LintRule } from './finding';
import { budgetRules } from './rules/budget';
import { cachingRules } from './rules/caching';
import { modelRules } from './rules/model';
import { promptRules } from './rules/prompt';
import { rateLimitRules } from './rules/rate-limit';
import { resilienceRules } from './rules/resilience';
import { routingRules } from './rules/routing';
import { toolRules } from './rules/tool';

/** Every rule, in the editor's order of sections. */
export const LINT_RULES: readonly LintRule[] = [
  ...promptRules,
  ...toolRules,
  ...rateLimitRules,
  ...modelRules,
  ...cachingRules,
  ...routingRules,
  ...resilienceRules,
  ...budgetRules,
];
