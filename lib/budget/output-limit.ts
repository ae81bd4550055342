import type { ProviderKind } from '@/lib/gateway/types';
import { SANDBOX_OUTPUT_LIMIT } from './pricing/sandbox-prices';

/**
 * The most tokens a model gives in one answer when the request names no bound, by its makers'
 * documentation. The first pattern that fits the model's name counts, so special ones stand first.
 */
const LIMITS: readonly [pattern: RegExp, tokens: number][] = [
  [/gpt-(5|6)/i, 128_000],
  [/gpt-4\.1/i, 32_768],
  [/gpt-4\.5|(gpt|chatgpt)-4o/i, 16_384],
  [/\bo1-mini/i, 65_536],
  [/\bo1-preview/i, 32_768],
  [/\bo[134](-|$)/i, 100_000],
  [/gpt-4-turbo|gpt-4-(1106|0125|vision)|gpt-3\.5/i, 4_096],
  [/gpt-4/i, 8_192],
  [/gpt-oss/i, 131_072],
  [/claude-3[.-]7/i, 64_000],
  [/claude-3[.-]5/i, 8_192],
  [/claude-(3|2|instant)/i, 4_096],
  [/claude-opus-4(-1|-\d{8}|$)/i, 32_000],
  [/claude/i, 128_000],
  [/gemini-(1\.|2\.0)/i, 8_192],
  [/gemini/i, 65_536],
  [/deepseek-(r|reasoner)/i, 65_536],
  [/deepseek/i, 8_192],
  [/command-a/i, 8_192],
  [/command/i, 4_096],
  [/nova-2|nova-premier/i, 65_536],
  [/nova/i, 10_000],
];

/** What is taken of a model nobody knows: a server of one's own, most often. */
const UNKNOWN_OUTPUT_LIMIT = 8_192;

/** Tokens; the model's own limit of one choice of an answer. */
export function outputLimitOf(kind: ProviderKind, model: string): number {
  if (kind === 'sandbox') return SANDBOX_OUTPUT_LIMIT;
  return LIMITS.find(([pattern]) => pattern.test(model))?.[1] ?? UNKNOWN_OUTPUT_LIMIT;
}
