import type { Answered } from './context';
import { countTextTokens } from './tokens';
import type { Usage } from './types';

/**
 * Puts usage and cost of an answer on the trail. What the upstream did not tell - an aborted stream, a
 * provider without usage - is estimated from the prompt and `text`, all that was generated so far.
 */
export function measure(context: Answered, told: Usage | null, text: () => string): void {
  const { trail, principal, execution, tokens } = context;
  trail.usageEstimated = told === null;
  const usage = told ?? estimatedUsage(tokens.input, countTextTokens(text()));
  trail.usage = usage;
  if (!execution || !trail.target) {
    trail.costUsd = '0';
    return;
  }
  trail.costUsd = principal.prices.costOf(trail.target, usage);
  if (trail.costUsd === null) trail.warnings.add('cost_unknown');
}

function estimatedUsage(inputTokens: number, outputTokens: number): Usage {
  return {
    inputTokens,
    cachedInputTokens: 0,
    cacheWrite5mTokens: 0,
    cacheWrite1hTokens: 0,
    outputTokens,
    reasoningTokens: 0,
  };
}
