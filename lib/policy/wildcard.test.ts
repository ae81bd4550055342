import { describe, expect, it } from 'vitest';
import { compileNames } from './wildcard';

describe('names with wildcards', () => {
  it.each([
    ['gpt-4o', 'gpt-4o', true],
    ['gpt-4o', 'gpt-4o-mini', false],
    ['gpt-*', 'gpt-4o', true],
    ['gpt-*', 'gpt-', true],
    ['*-mini', 'gpt-4o-mini', true],
    ['*-mini', 'mini', false],
    ['*', '', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'acb', false],
    ['ab*ba', 'aba', false],
    ['**x**', 'x', true],
    ['a.c', 'abc', false],
    ['openai/*', 'openai/ft:gpt/x', true],
  ])('%s on %s is %s', (pattern, name, expected) => {
    expect(compileNames([pattern])(name)).toBe(expected);
  });

  it('stays linear on patterns that make regular expressions explode', () => {
    const matches = compileNames([`${'*a'.repeat(60)}*b`]);
    const start = performance.now();
    expect(matches('a'.repeat(100_000))).toBe(false);
    expect(performance.now() - start).toBeLessThan(200);
  });
});
