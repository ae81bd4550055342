import { type BudgetRequest, nameOf } from '@/lib/gateway/ports';
import type { Target } from '@/lib/gateway/types';
import type { BudgetPolicy } from '@/lib/policy/budget/schema';
import type { Deny } from '@/lib/policy/decision';
import { worstCaseTokens } from '../worst-case';
import { worstCaseUsd } from '../worst-case-cost';
import { tooDear, unpriced } from './refusals';
import { toUnits, type Units } from './units';

type PricedAttempt = {
  target: Target;
  worstCaseUsd: string | null;
  /** What the request's earlier attempts cost. */
  spent: Units;
};

/** What is refused before anything is planned: the model that was named has no price, or is too dear. */
export function refusedTarget(request: BudgetRequest, policy: BudgetPolicy): Deny | null {
  const [target] = request.targets;
  if (!target) return null;
  const worst = worstCaseUsd(request.principal.prices, request.request, target);
  return refusedByPrice(request, policy, { target, worstCaseUsd: worst, spent: 0n });
}

/** Refuses an attempt of unknown cost where cost matters, and one above `maxCostPerRequest`. */
export function refusedByPrice(
  request: BudgetRequest,
  policy: BudgetPolicy,
  attempt: PricedAttempt,
): Deny | null {
  const { target, worstCaseUsd: worst, spent } = attempt;
  const { maxCostPerRequest: most, onExceeded } = policy;
  if (worst === null) return onExceeded === 'block' || most > 0 ? unpriced(target) : null;
  if (most === 0 || spent + toUnits(worst, 'up') <= toUnits(most)) return null;
  const fits = mostOutputTokens(request, target, toUnits(most) - spent);
  return tooDear(policy, target, { worstCaseUsd: worst, fits });
}

/** The largest answer whose worst case fits, by bisection; 0 when even none does. */
function mostOutputTokens(
  { principal, request }: BudgetRequest,
  target: Target,
  most: Units,
): number {
  const tokens = worstCaseTokens(request, target);
  const choices = request.n ?? 1;
  const fits = (perChoice: number): boolean => {
    const output = perChoice * choices;
    const cost = principal.prices.worstCaseOf(nameOf(target), { ...tokens, output });
    return cost !== null && toUnits(cost, 'up') <= most;
  };
  let low = 0;
  let high = Math.floor(tokens.output / choices);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
