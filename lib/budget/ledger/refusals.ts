import type { Clock, Target } from '@/lib/gateway/types';
import type { Deny } from '@/lib/policy/decision';
import type { BudgetPolicy } from '@/lib/policy/budget/schema';
import type { BudgetWindow, Periods } from '../periods';
import { toUnits, toUsd } from './units';

const WINDOW_NAME: Record<BudgetWindow, string> = {
  day: 'daily',
  week: 'weekly',
  month: 'monthly',
};

/** The window's money is gone; the message names it and its reset. */
export function exceeded(window: BudgetWindow, periods: Periods, clock: Clock): Deny {
  const { endsAt } = periods[window];
  return {
    verdict: 'deny',
    code: 'budget_exceeded',
    message: `The ${WINDOW_NAME[window]} budget of this role is used up. It resets at ${new Date(endsAt).toISOString()}; until then ask your administrator for a larger budget.`,
    param: null,
    reason: `the ${WINDOW_NAME[window]} limit leaves nothing for this request`,
    retryAfterSeconds: Math.max(1, Math.ceil((endsAt - clock.now()) / 1000)),
  };
}

/** The budget is exceeded and its reduced rate is used up too. @param retryAfterMs null: unknown */
export function throttled(
  refusal: { code: string; retryAfterMs: number | null },
  { throttleRequestsPerMinute: rate }: BudgetPolicy,
): Deny {
  return {
    verdict: 'deny',
    code: refusal.code === 'unavailable' ? 'unavailable' : 'rate_limit_exceeded',
    message: `The budget of this role is used up, so it is throttled to ${rate} requests a minute. Try again later or ask your administrator for a larger budget.`,
    param: null,
    reason: 'throttled: the budget is exceeded',
    retryAfterSeconds: (refusal.retryAfterMs ?? 60_000) / 1000,
  };
}

/** Refuses what could cost anything: a model without a price under a budget that blocks. */
export function unpriced({ connection, model }: Target): Deny {
  return {
    verdict: 'deny',
    code: 'model_unpriced',
    message: `The model ${connection.name}/${model} has no price, and this role's budget allows no call of unknown cost. Ask your administrator to set its price, or use another model.`,
    param: 'model',
    reason: 'no price under a budget that blocks',
  };
}

/** @param fits the largest `max_tokens` that would pass; 0 when even the prompt is too dear */
export function tooDear(
  { maxCostPerRequest }: BudgetPolicy,
  { connection, model }: Target,
  { worstCaseUsd, fits }: { worstCaseUsd: string; fits: number },
): Deny {
  const remedy = fits > 0 ? `Set max_tokens to ${fits} or less` : 'Shorten the prompt';
  return {
    verdict: 'deny',
    code: 'request_cost_exceeded',
    message: `This request could cost up to ${worstCaseUsd} USD with ${connection.name}/${model}; the role allows ${toUsd(toUnits(maxCostPerRequest))} USD a request. ${remedy}, or use a cheaper model.`,
    param: 'max_tokens',
    reason: `worst case ${worstCaseUsd} USD is above maxCostPerRequest`,
  };
}
