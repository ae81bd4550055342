import { describe, expect, it } from 'vitest';
import { findMatches, highlight } from './pattern-matches';

describe('findMatches', () => {
  it('finds every match', () => {
    expect(findMatches('\\d+', 'order 12 of 345')).toEqual([
      { start: 6, end: 8 },
      { start: 12, end: 15 },
    ]);
  });

  it('knows the flags of RE2', () => {
    expect(findMatches('(?i)secret', 'SECRET')).toHaveLength(1);
  });

  it('finds nothing to show for a pattern that does not compile', () => {
    expect(findMatches('(?=x)', 'x')).toBeNull();
    expect(findMatches('(', 'x')).toBeNull();
  });

  it('stays quick where a backtracking engine would hang, and stops at its limit', () => {
    const began = performance.now();
    expect(findMatches('^(a+)+$', `${'a'.repeat(15_000)}b`)).toEqual([]);
    expect(performance.now() - began).toBeLessThan(2000);
    expect(findMatches('', 'x'.repeat(2000))).toHaveLength(500);
  });
});

it('joins overlapping matches and keeps the whole text', () => {
  const pieces = highlight('abcdef', [
    { start: 3, end: 5 },
    { start: 1, end: 4 },
    { start: 0, end: 0 },
  ]);
  expect(pieces).toEqual([
    { text: 'a', matched: false },
    { text: 'bcde', matched: true },
    { text: 'f', matched: false },
  ]);
});
