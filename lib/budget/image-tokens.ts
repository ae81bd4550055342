/**
 * The most tokens one image may be billed as, by the makers' documentation: OpenAI's models count tiles
 * of 512 pixels (at most eight) or patches of 32 (at most 1,536, times a factor), the others a function
 * of the size. The first pattern that fits the model's name counts.
 */
const MOST: readonly [pattern: RegExp, tokens: number][] = [
  [/gpt-4o-mini/i, 2_833 + 8 * 5_667],
  [/gpt-(4\.1|5)[^/]*nano/i, 3_779],
  [/gpt-(4\.1|5)[^/]*mini|o4-mini/i, 2_642],
  [/gpt-4o|gpt-4\.1|gpt-4\.5|gpt-4-(turbo|vision)/i, 85 + 8 * 170],
  [/\bo[13](-|$)/i, 75 + 8 * 150],
  [/gpt-5/i, 70 + 8 * 140],
  [/claude/i, 4_784],
  [/gemini/i, 16 * 258],
];
const UNKNOWN = 5_000;

export function imageTokensOf(model: string): number {
  return MOST.find(([pattern]) => pattern.test(model))?.[1] ?? UNKNOWN;
}
