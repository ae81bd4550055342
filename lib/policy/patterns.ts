import { RE2JS, RE2Set } from 're2js';

/** A list of RE2 patterns, searched together. */
export type PatternSet = {
  readonly size: number;
  /** Position of the first pattern of the list that is found anywhere in `text`, or -1. */
  firstMatch(text: string): number;
};

const NONE: PatternSet = { size: 0, firstMatch: () => -1 };

/**
 * Compiles patterns into one automaton, so that a text is read once however many patterns there are
 * and never for longer than linear in its length.
 * @throws when a pattern is not valid RE2; the schema refuses such patterns at save and on read.
 */
export function compilePatterns(patterns: readonly string[]): PatternSet {
  const [only] = patterns;
  if (only === undefined) return NONE;
  if (patterns.length === 1) {
    const pattern = RE2JS.compile(only);
    return { size: 1, firstMatch: (text) => (pattern.test(text) ? 0 : -1) };
  }
  const set = new RE2Set();
  for (const pattern of patterns) set.add(pattern);
  set.compile();
  return {
    size: patterns.length,
    firstMatch: (text) => {
      const found = set.match(text);
      return found.length === 0 ? -1 : Math.min(...found);
    },
  };
}
