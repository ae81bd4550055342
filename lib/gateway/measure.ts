import type { ChatRequest } from '@/lib/openai/wire';
import type { Answered } from './context';
import { estimatedUsage } from './resilience/billed-usage';
import { countRequestTokens, countTextTokens, namedOutputBound } from './tokens';
import type { Usage } from './types';

/**
 * Puts usage and cost of an answer on the trail. What the upstream did not tell - a provider without
 * usage, a stream that broke off - is counted: the prompt, and `text`, all that was generated so far.
 * @param whole false when the answer broke off, so that `told` may say less than will be billed
 */
export function measure(
  context: Answered,
  told: Usage | null,
  text: () => string,
  whole = true,
): void {
  const { trail, principal, execution, request } = context;
  const counted = told !== null && whole ? 0 : countedOutput(request, text());
  const usage =
    told === null
      ? estimatedUsage(countRequestTokens(request), counted)
      : { ...told, outputTokens: Math.max(told.outputTokens, counted) };
  trail.usageEstimated = told === null || usage.outputTokens > told.outputTokens;
  trail.usage = usage;
  if (!execution || !trail.target) {
    trail.costUsd = '0';
    return;
  }
  trail.costUsd = principal.prices.costOf(trail.target, usage);
  if (trail.costUsd === null) trail.warnings.add('cost_unknown');
}

/** No more than the request allowed: encodings differ, and a provider bills no token beyond the bound. */
function countedOutput(request: ChatRequest, text: string): number {
  const counted = countTextTokens(text);
  const bound = namedOutputBound(request);
  return bound > 0 ? Math.min(bound, counted) : counted;
}
