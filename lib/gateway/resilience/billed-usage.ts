import { countRequestTokens } from '../tokens';
import type { ChatRequest } from '@/lib/openai/wire';
import type { UpstreamError, Usage } from '../types';

/** Failures of calls that reached the provider: it has read the prompt, and will bill it. */
const REACHED: ReadonlySet<UpstreamError['kind']> = new Set(['timeout', 'reset', 'aborted']);

/**
 * What a provider will bill for an attempt that failed before anything of its answer was there: what it
 * reported, else the prompt as counted; null for nothing, as when it refused or was never reached.
 */
export function billedUsage(
  request: ChatRequest,
  error: UpstreamError,
  sent: boolean,
): { usage: Usage; estimated: boolean } | null {
  if (error.usage) return { usage: error.usage, estimated: false };
  if (!sent || !REACHED.has(error.kind)) return null;
  return { usage: estimatedUsage(countRequestTokens(request), 0), estimated: true };
}

/** Usage of counted tokens, where the provider has told none. */
export function estimatedUsage(inputTokens: number, outputTokens: number): Usage {
  return {
    inputTokens,
    cachedInputTokens: 0,
    cacheWrite5mTokens: 0,
    cacheWrite1hTokens: 0,
    outputTokens,
    reasoningTokens: 0,
  };
}
