import { Badge } from '@/components/ui/badge';
import type { Tier } from '@/lib/client/types';

export const TIER_LABELS: Record<Tier, string> = {
  free: 'Free',
  professional: 'Professional',
  enterprise: 'Enterprise',
};

/** One line on what a tier's default policy is like. */
export const TIER_DESCRIPTIONS: Record<Tier, string> = {
  free: 'Cheapest models, 20 requests a minute, $1 a day, blocked at the limit',
  professional: 'Retries and fallbacks, 300 requests a minute, $500 a month, warned at the limit',
  enterprise: 'Fastest models, fallback chain, 3,000 requests a minute, $10,000 a month',
};

export function TierBadge({ tier }: { tier: Tier }) {
  return <Badge variant={tier === 'free' ? 'outline' : 'secondary'}>{TIER_LABELS[tier]}</Badge>;
}
