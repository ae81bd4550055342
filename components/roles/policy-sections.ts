import {
  Bot,
  Database,
  Gauge,
  LifeBuoy,
  MessageSquareText,
  Route,
  Wallet,
  Wrench,
  type LucideIcon,
} from 'lucide-react';
import type { PolicyKind } from '@/lib/policy/role-policy';

export type PolicySection = { kind: PolicyKind; label: string; icon: LucideIcon };

/** Mapped over PolicyKind, so that a new section without a name and an icon does not compile. */
const SECTIONS: { [K in PolicyKind]: Omit<PolicySection, 'kind'> } = {
  promptPolicies: { label: 'Prompts', icon: MessageSquareText },
  toolPolicies: { label: 'Tools', icon: Wrench },
  rateLimitPolicy: { label: 'Rate limit', icon: Gauge },
  modelRestrictions: { label: 'Models', icon: Bot },
  cachingPolicy: { label: 'Caching', icon: Database },
  routingPolicy: { label: 'Routing', icon: Route },
  resiliencePolicy: { label: 'Resilience', icon: LifeBuoy },
  budgetPolicy: { label: 'Budget', icon: Wallet },
};

/** The eight sections in the editor's order. */
export const POLICY_SECTION_LIST: readonly PolicySection[] = (
  Object.keys(SECTIONS) as PolicyKind[]
).map((kind) => ({ kind, ...SECTIONS[kind] }));
