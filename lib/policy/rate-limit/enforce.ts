import type { Deny } from '../decision';
import { formatReset } from './duration';
import type { RateLimitPlan } from './plan';
import type { RateLimitStatus, Refusal } from './store';

/** Whether a plan limits anything at all; if not, the store need not be asked. */
export function isUnlimited(plan: RateLimitPlan): boolean {
  return plan.windows.length === 0 && plan.burst === null && plan.concurrency === null;
}

/** The refusal as the pipeline's decision. */
export function denyOf(refusal: Refusal): Deny {
  return {
    verdict: 'deny',
    code: refusal.code,
    message: refusal.message,
    param: null,
    reason: refusal.field === '' ? refusal.code : `${refusal.field} is used up`,
    ...(refusal.retryAfterMs === null
      ? {}
      : { retryAfterSeconds: Math.max(0.001, refusal.retryAfterMs / 1000) }),
  };
}

/** OpenAI's `x-ratelimit-*` headers; those of a kind without a limit are left out. */
export function rateLimitHeaders(status: RateLimitStatus): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const kind of ['requests', 'tokens'] as const) {
    const window = status[kind];
    if (!window) continue;
    headers[`x-ratelimit-limit-${kind}`] = String(window.limit);
    headers[`x-ratelimit-remaining-${kind}`] = String(Math.max(0, Math.floor(window.remaining)));
    headers[`x-ratelimit-reset-${kind}`] = formatReset(window.resetMs);
  }
  return headers;
}
