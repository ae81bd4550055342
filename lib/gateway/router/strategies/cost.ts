import type { RouteRequest } from '@/lib/gateway/ports';
import type { Target } from '@/lib/gateway/types';
import { compareMoney } from '@/lib/money';
import { scoreComplexity } from '../complexity';
import { eligibleTargets } from '../eligibility';
import type { RoutingFacts } from '../facts';
import { isSimulator } from '../listed-models';
import type { Choice } from './choice';

const TIERS = ['simple', 'medium', 'complex'] as const;
export type CostTier = (typeof TIERS)[number];

/** As many reasons for a score as a receipt lists. */
const SHOWN_PARTS = 8;

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

/** Which models a request of this score deserves: below the first threshold simple, above the second complex. */
function tierOf(score: number, thresholds: { simple: number; complex: number }): CostTier {
  if (score < thresholds.simple) return 'simple';
  return score > thresholds.complex ? 'complex' : 'medium';
}

/**
 * The cheapest able target of the request's tier, the rest of the tier by price, then the tiers above
 * it. Tiers below come last: a weaker answer is better than none. Within a tier the simulator stands
 * behind every real model: its price is made up, like its answers.
 */
export function chooseByCost(request: RouteRequest, facts: RoutingFacts): Choice {
  const { costConfig } = request.policy.document.routingPolicy;
  const { score, parts } = scoreComplexity(request.request);
  const thresholds = {
    simple: costConfig.simpleQueryThreshold,
    complex: costConfig.complexQueryThreshold,
  };
  const tier = tierOf(score, thresholds);
  const models = {
    simple: costConfig.simpleModels,
    medium: costConfig.mediumModels,
    complex: costConfig.complexModels,
  };
  const ordered: Target[] = [];
  const rejected: Choice['rejected'] = [];
  for (const each of tiersFrom(tier)) {
    const pool = eligibleTargets(request, facts, models[each], true);
    ordered.push(...byPrice(request, pool.eligible));
    rejected.push(...pool.rejected);
  }
  const detail = {
    score: rounded(score),
    thresholds,
    parts: parts.slice(0, SHOWN_PARTS).map(({ name, logit }) => ({ name, logit: rounded(logit) })),
    tier,
  };
  return { ordered, rejected, reason: tier, detail };
}

function tiersFrom(tier: CostTier): CostTier[] {
  const start = TIERS.indexOf(tier);
  return [...TIERS.slice(start), ...TIERS.slice(0, start).reverse()];
}

function byPrice(request: RouteRequest, targets: readonly Target[]): Target[] {
  return targets
    .map((target) => ({ target, cost: worstCase(request, target) }))
    .sort(
      (a, b) =>
        Number(isSimulator(a.target.connection)) - Number(isSimulator(b.target.connection)) ||
        compareMoney(a.cost, b.cost),
    )
    .map(({ target }) => target);
}

function worstCase(request: RouteRequest, target: Target): string {
  const { name: provider, kind } = target.connection;
  const cost = request.principal.prices.worstCaseOf(
    { provider, kind, model: target.model },
    request.tokens,
  );
  // Only priced targets come here.
  if (cost === null) throw new Error(`no price for ${provider}/${target.model}`);
  return cost;
}
