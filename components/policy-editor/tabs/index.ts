import {
  Bot,
  Database,
  Gauge,
  MessageSquareText,
  ShieldCheck,
  Split,
  WalletCards,
  Wrench,
  type LucideIcon,
} from 'lucide-react';
import type { ComponentType } from 'react';
import type { PolicyKind } from '@/lib/policy/role-policy';
import { BudgetTab } from './budget-tab';
import { CachingTab } from './caching-tab';
import { ModelTab } from './model-tab';
import { PromptTab } from './prompt-tab';
import { RateLimitTab } from './rate-limit-tab';
import { ResilienceTab } from './resilience-tab';
import { RoutingTab } from './routing-tab';
import { ToolTab } from './tool-tab';

export type PolicyTab = {
  /** In the page's address: `#caching`. */
  slug: string;
  label: string;
  icon: LucideIcon;
  title: string;
  summary: string;
  content: ComponentType;
};

/** The eight tabs; the order is that of `POLICY_KINDS`. A section without a tab does not compile. */
export const POLICY_TABS: Record<PolicyKind, PolicyTab> = {
  promptPolicies: {
    slug: 'prompts',
    label: 'Prompts',
    icon: MessageSquareText,
    title: 'Prompt Policy',
    summary: 'What may be asked: length, injection, personal data, forbidden content.',
    content: PromptTab,
  },
  toolPolicies: {
    slug: 'tools',
    label: 'Tools',
    icon: Wrench,
    title: 'Tool Policy',
    summary: 'Which tools requests may offer and models may call.',
    content: ToolTab,
  },
  rateLimitPolicy: {
    slug: 'rate-limit',
    label: 'Rate Limit',
    icon: Gauge,
    title: 'Rate Limit Policy',
    summary: 'How fast the role or each of its keys may call.',
    content: RateLimitTab,
  },
  modelRestrictions: {
    slug: 'models',
    label: 'Models',
    icon: Bot,
    title: 'Model Policy',
    summary: 'Which models and providers may answer.',
    content: ModelTab,
  },
  cachingPolicy: {
    slug: 'caching',
    label: 'Caching',
    icon: Database,
    title: 'Caching Policy',
    summary: 'When an answer is given again instead of asked for again.',
    content: CachingTab,
  },
  routingPolicy: {
    slug: 'routing',
    label: 'Routing',
    icon: Split,
    title: 'Routing Policy',
    summary: 'Which model answers when the request leaves it open, or always.',
    content: RoutingTab,
  },
  resiliencePolicy: {
    slug: 'resilience',
    label: 'Resilience',
    icon: ShieldCheck,
    title: 'Resilience Policy',
    summary: 'What happens when a provider fails: retries, fallbacks, circuit breaker.',
    content: ResilienceTab,
  },
  budgetPolicy: {
    slug: 'budget',
    label: 'Budget',
    icon: WalletCards,
    title: 'Budget Policy',
    summary: 'How much the role may spend, who is told, and what happens at the limit.',
    content: BudgetTab,
  },
};
