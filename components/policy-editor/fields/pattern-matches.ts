import { RE2JS } from 're2js';

export type Match = { start: number; end: number };

/** Longer samples are cut: the test is for the eye, and runs on every key press. */
export const SAMPLE_LIMIT = 20_000;
const MATCH_LIMIT = 500;

/**
 * Where a pattern matches in a text, by the engine the gateway uses (RE2: linear time whatever the
 * pattern). Null where the pattern does not compile.
 */
export function findMatches(pattern: string, text: string): Match[] | null {
  const matcher = compile(pattern)?.matcher(text.slice(0, SAMPLE_LIMIT));
  if (!matcher) return null;
  const matches: Match[] = [];
  while (matches.length < MATCH_LIMIT && matcher.find())
    matches.push({ start: matcher.start(), end: matcher.end() });
  return matches;
}

function compile(pattern: string): RE2JS | null {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    // The schema says what is wrong with the pattern; here it only has no matches.
    if (error instanceof Error) return null;
    throw error;
  }
}

export type Piece = { text: string; matched: boolean };

/** The text cut into matched and unmatched pieces; overlapping matches become one. */
export function highlight(text: string, matches: readonly Match[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end } of [...matches].sort((a, b) => a.start - b.start)) {
    if (end <= at) continue;
    const from = Math.max(at, start);
    if (from > at) pieces.push({ text: text.slice(at, from), matched: false });
    const last = pieces.at(-1);
    if (last?.matched) last.text += text.slice(from, end);
    else pieces.push({ text: text.slice(from, end), matched: true });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), matched: false });
  return pieces;
}
