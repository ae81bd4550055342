import type { PolicyKind } from './role-policy';

/** Names of the sections as tabs and tables show them. */
export const SECTION_TITLES: Record<PolicyKind, string> = {
  promptPolicies: 'Prompts',
  toolPolicies: 'Tools',
  rateLimitPolicy: 'Rate limit',
  modelRestrictions: 'Models',
  cachingPolicy: 'Caching',
  routingPolicy: 'Routing',
  resiliencePolicy: 'Resilience',
  budgetPolicy: 'Budget',
};
