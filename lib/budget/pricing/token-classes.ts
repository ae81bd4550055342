import type { Usage } from '@/lib/gateway/types';

/**
 * The classes of usage that price lists tell apart, with the catalogue's own price keys. A class is
 * described by its dimensions: one whose dimensions include another's is a part of that other
 * ("cached audio input" of "cached input", of "audio input" and of "input").
 */
export type TokenClass = {
  priceKey: string;
  /** Price is for this many units. */
  per: number;
  dimensions: Readonly<Record<string, string>>;
  /** Tokens of this class, those of its parts included. */
  count: (usage: Usage) => number;
};

const MILLION = 1_000_000;

const cacheWrites = (usage: Usage): number => usage.cacheWrite5mTokens + usage.cacheWrite1hTokens;

function tokens(
  priceKey: string,
  dimensions: Record<string, string>,
  count: (usage: Usage) => number | undefined,
): TokenClass {
  return { priceKey, per: MILLION, dimensions, count: (usage) => count(usage) ?? 0 };
}

export const TOKEN_CLASSES: readonly TokenClass[] = [
  tokens('input_mtok', { direction: 'input' }, (u) => u.inputTokens),
  tokens('output_mtok', { direction: 'output' }, (u) => u.outputTokens),
  tokens('cache_read_mtok', { direction: 'input', cache: 'read' }, (u) => u.cachedInputTokens),
  tokens('cache_write_mtok', { direction: 'input', cache: 'write' }, cacheWrites),
  tokens(
    'cache_write_1h_mtok',
    { direction: 'input', cache: 'write', ttl: '1h' },
    (u) => u.cacheWrite1hTokens,
  ),
  tokens('input_audio_mtok', { direction: 'input', modality: 'audio' }, (u) => u.inputAudioTokens),
  tokens(
    'cache_audio_read_mtok',
    { direction: 'input', cache: 'read', modality: 'audio' },
    (u) => u.cachedInputAudioTokens,
  ),
  tokens('input_image_mtok', { direction: 'input', modality: 'image' }, (u) => u.inputImageTokens),
  tokens(
    'cache_image_read_mtok',
    { direction: 'input', cache: 'read', modality: 'image' },
    (u) => u.cachedInputImageTokens,
  ),
  tokens(
    'output_audio_mtok',
    { direction: 'output', modality: 'audio' },
    (u) => u.outputAudioTokens,
  ),
  tokens(
    'output_image_mtok',
    { direction: 'output', modality: 'image' },
    (u) => u.outputImageTokens,
  ),
  tokens(
    'output_reasoning_mtok',
    { direction: 'output', type: 'reasoning' },
    (u) => u.reasoningTokens,
  ),
  {
    priceKey: 'web_searches_kcount',
    per: 1000,
    dimensions: { tool: 'web_search' },
    count: (u) => u.webSearches ?? 0,
  },
];

/** Whether `part` is a proper part of `whole`. */
export function isPartOf(part: TokenClass, whole: TokenClass): boolean {
  return (
    part !== whole &&
    Object.entries(whole.dimensions).every(([key, value]) => part.dimensions[key] === value)
  );
}
