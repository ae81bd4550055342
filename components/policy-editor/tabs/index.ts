import type { ComponentType } from 'react';
import { POLICY_SECTIONS, type PolicySection } from '@/components/roles/policy-sections';
import type { PolicyKind } from '@/lib/policy/role-policy';
import { BudgetTab } from './budget-tab';
import { CachingTab } from './caching-tab';
import { ModelTab } from './model-tab';
import { PromptTab } from './prompt-tab';
import { RateLimitTab } from './rate-limit-tab';
import { ResilienceTab } from './resilience-tab';
import { RoutingTab } from './routing-tab';
import { ToolTab } from './tool-tab';

export type PolicyTab = Omit<PolicySection, 'kind'> & {
  title: string;
  summary: string;
  content: ComponentType;
};

/** The eight tabs; the order is that of `POLICY_KINDS`. A section without a tab does not compile. */
export const POLICY_TABS: Record<PolicyKind, PolicyTab> = {
  promptPolicies: {
    ...POLICY_SECTIONS.promptPolicies,
    title: 'Prompt Policy',
    summary: 'What may be asked: length, injection, personal data, forbidden content.',
    content: PromptTab,
  },
  toolPolicies: {
    ...POLICY_SECTIONS.toolPolicies,
    title: 'Tool Policy',
    summary: 'Which tools requests may offer and models may call.',
    content: ToolTab,
  },
  rateLimitPolicy: {
    ...POLICY_SECTIONS.rateLimitPolicy,
    title: 'Rate Limit Policy',
    summary: 'How fast the role or each of its keys may call.',
    content: RateLimitTab,
  },
  modelRestrictions: {
    ...POLICY_SECTIONS.modelRestrictions,
    title: 'Model Policy',
    summary: 'Which models and providers may answer.',
    content: ModelTab,
  },
  cachingPolicy: {
    ...POLICY_SECTIONS.cachingPolicy,
    title: 'Caching Policy',
    summary: 'When an answer is given again instead of asked for again.',
    content: CachingTab,
  },
  routingPolicy: {
    ...POLICY_SECTIONS.routingPolicy,
    title: 'Routing Policy',
    summary: 'Which model answers when the request leaves it open, or always.',
    content: RoutingTab,
  },
  resiliencePolicy: {
    ...POLICY_SECTIONS.resiliencePolicy,
    title: 'Resilience Policy',
    summary: 'What happens when a provider fails: retries, fallbacks, circuit breaker.',
    content: ResilienceTab,
  },
  budgetPolicy: {
    ...POLICY_SECTIONS.budgetPolicy,
    title: 'Budget Policy',
    summary: 'How much the role may spend, who is told, and what happens at the limit.',
    content: BudgetTab,
  },
};
