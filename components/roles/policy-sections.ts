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
import type { PolicyKind } from '@/lib/policy/role-policy';

export type PolicySection = {
  kind: PolicyKind;
  label: string;
  icon: LucideIcon;
  /** Of its tab in the policy editor: `/roles/{role}/policy#caching`. */
  slug: string;
};

/** Mapped over PolicyKind, so that a new section without a name and an icon does not compile. */
export const POLICY_SECTIONS: { [K in PolicyKind]: Omit<PolicySection, 'kind'> } = {
  promptPolicies: { slug: 'prompts', label: 'Prompts', icon: MessageSquareText },
  toolPolicies: { slug: 'tools', label: 'Tools', icon: Wrench },
  rateLimitPolicy: { slug: 'rate-limit', label: 'Rate Limit', icon: Gauge },
  modelRestrictions: { slug: 'models', label: 'Models', icon: Bot },
  cachingPolicy: { slug: 'caching', label: 'Caching', icon: Database },
  routingPolicy: { slug: 'routing', label: 'Routing', icon: Split },
  resiliencePolicy: { slug: 'resilience', label: 'Resilience', icon: ShieldCheck },
  budgetPolicy: { slug: 'budget', label: 'Budget', icon: WalletCards },
};

/** The eight sections in the editor's order. */
export const POLICY_SECTION_LIST: readonly PolicySection[] = (
  Object.keys(POLICY_SECTIONS) as PolicyKind[]
).map((kind) => ({ kind, ...POLICY_SECTIONS[kind] }));
