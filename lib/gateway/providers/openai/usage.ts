import type { Usage } from '@/lib/gateway/types';

/**
 * OpenAI's usage object, and the variants of those who speak its format, as token classes:
 * DeepSeek's `prompt_cache_hit_tokens`, OpenRouter's `cache_write_tokens`, and reasoning that some count
 * beside `completion_tokens` (then the total is larger than the sum of the two). Null when it is none.
 */
export function usageFromOpenAI(value: unknown): Usage | null {
  if (typeof value !== 'object' || value === null) return null;
  const usage = value as Record<string, unknown>;
  const prompt = count(usage.prompt_tokens);
  const completion = count(usage.completion_tokens);
  if (prompt === null && completion === null) return null;
  const input = details(usage.prompt_tokens_details);
  const output = details(usage.completion_tokens_details);
  const inputTokens = prompt ?? 0;
  const reasoningTokens = count(output.reasoning_tokens) ?? 0;
  const visible = completion ?? 0;
  const apart =
    reasoningTokens > 0 && count(usage.total_tokens) === inputTokens + visible + reasoningTokens;
  return {
    inputTokens,
    cachedInputTokens: count(input.cached_tokens) ?? count(usage.prompt_cache_hit_tokens) ?? 0,
    cacheWrite5mTokens: count(input.cache_write_tokens) ?? 0,
    cacheWrite1hTokens: 0,
    outputTokens: apart ? visible + reasoningTokens : visible,
    reasoningTokens,
    ...some('inputAudioTokens', count(input.audio_tokens)),
    ...some('outputAudioTokens', count(output.audio_tokens)),
  };
}

function details(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

function some<K extends string>(key: K, value: number | null): { [P in K]?: number } {
  return value === null || value === 0 ? {} : ({ [key]: value } as { [P in K]?: number });
}
