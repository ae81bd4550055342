import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { ProviderKind, Usage } from '@/lib/gateway/types';

const ORACLE = new URL('../../../../../shared/eval/prices/oracle-costs.jsonl', import.meta.url);

const rowSchema = z.object({
  kind: z.enum(['anthropic.messages', 'gemini.generateContent', 'openai.chat', 'openai.responses']),
  response_file: z.string(),
  response_model: z.string(),
  usage: z.record(z.string(), z.number()),
  total_price_usd: z.number(),
});

const KINDS: Record<z.infer<typeof rowSchema>['kind'], ProviderKind> = {
  'anthropic.messages': 'anthropic',
  'gemini.generateContent': 'gemini',
  'openai.chat': 'openai',
  'openai.responses': 'openai',
};

/** What an answer of a provider cost, by an independent implementation. */
export type OracleCost = {
  name: string;
  kind: ProviderKind;
  model: string;
  /** A class of tokens by the oracle's name; 0 when it is not there. */
  tokens(name: string): number;
  usage: Usage;
  /** Plain decimal. */
  costUsd: string;
};

/** The day the oracle's price list is of: prices are functions of time. */
export const ORACLE_CLOCK = { now: () => Date.parse('2026-11-22T12:00:00Z') };

export function oracleCosts(): OracleCost[] {
  return readFileSync(ORACLE, 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const row = rowSchema.parse(JSON.parse(line));
      const tokens = (name: string): number => row.usage[name] ?? 0;
      return {
        name: row.response_file,
        kind: KINDS[row.kind],
        model: row.response_model,
        tokens,
        usage: usageOf(tokens),
        costUsd: withoutFloatNoise(row.total_price_usd),
      };
    });
}

function usageOf(tokens: OracleCost['tokens']): Usage {
  const writes1h = tokens('cache_write_1h_tokens');
  return {
    inputTokens: tokens('input_tokens'),
    cachedInputTokens: tokens('cache_read_tokens'),
    cacheWrite5mTokens: tokens('cache_write_tokens') - writes1h,
    cacheWrite1hTokens: writes1h,
    outputTokens: tokens('output_tokens'),
    reasoningTokens: tokens('output_reasoning_tokens'),
    inputAudioTokens: tokens('input_audio_tokens'),
    outputAudioTokens: tokens('output_audio_tokens'),
    inputImageTokens: tokens('input_image_tokens'),
    cachedInputImageTokens: tokens('cache_image_read_tokens'),
    webSearches: tokens('web_searches'),
  };
}

/**
 * The oracle's costs are binary-float sums: 0.0008010000000000001 means 0.000801. A double carries 15
 * significant digits faithfully, so the noise is what lies beyond the 15th; it is rounded away, and what
 * is left is compared digit by digit, as a string.
 */
function withoutFloatNoise(cost: number): string {
  const [digits = '0', exponent = '0'] = cost.toExponential(14).split('e');
  const shift = Number(exponent);
  const all = digits.replace('.', '');
  const text =
    shift < 0
      ? `0.${'0'.repeat(-shift - 1)}${all}`
      : `${all.slice(0, shift + 1)}.${all.slice(shift + 1)}`;
  return text.replace(/\.?0+$/, '');
}
