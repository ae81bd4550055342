import { readFileSync } from 'node:fs';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { checkLimits, LIMITS } from './limits';

const costOf = (query: string, variables: Record<string, unknown> = {}) =>
  checkLimits(parse(query), undefined, variables);
const nested = (depth: number) => `${'{ a '.repeat(depth)}${'}'.repeat(depth)}`;

describe('the limits of a query', () => {
  it('hold at the deepest that is permitted, and not one further', () => {
    expect(costOf(nested(LIMITS.depth))).toBeGreaterThan(0);
    expect(() => costOf(nested(LIMITS.depth + 1))).toThrow(`deeper than ${LIMITS.depth}`);
  });

  it('count depth through fragments, named and inline', () => {
    const inner = nested(LIMITS.depth - 1);
    const query = (spread: string) => `{ a { b { ${spread} } } } fragment F on T ${inner}`;
    expect(() => costOf(query('...F'))).toThrow('deeper');
    expect(() => costOf(`{ a { b { ... on T ${inner} } } }`)).toThrow('deeper');
    expect(costOf(`{ ...F } fragment F on Query ${nested(LIMITS.depth)}`)).toBeGreaterThan(0);
  });

  it('count a list as often as its page may have entries, fifty unless told', () => {
    const list = (args: string) =>
      costOf(`query ($n: Int) { list${args} { items { id } } }`, { n: 7 });
    // The root, ten for its look-up, and two fields of each entry.
    expect(list('(limit: 3)')).toBe(11 + 2 * 3);
    expect(list('(limit: $n)')).toBe(11 + 2 * 7);
    expect(list('')).toBe(11 + 2 * 50);
    expect(list('(limit: null)')).toBe(11 + 2 * 50);
    // What the use case will refuse, or could be anything, is counted as the largest page.
    for (const odd of ['(limit: -1)', '(limit: 0)', '(limit: 1000000)', '(limit: "9")']) {
      expect(list(odd)).toBe(11 + 2 * 200);
    }
  });

  it('count aliases of all fields together', () => {
    const fields = (count: number) => Array.from({ length: count }, (_, i) => `a${i}: b`).join(' ');
    expect(costOf(`{ ${fields(LIMITS.aliases)} }`)).toBeGreaterThan(0);
    expect(() => costOf(`{ ${fields(LIMITS.aliases)} c { x: d } }`)).toThrow('aliases');
  });

  it('are those that the documentation tells', () => {
    const page = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');
    const { tokens, depth, introspectionDepth, aliases, cost } = LIMITS;
    for (const row of [
      `| tokens of the document | ${tokens.toLocaleString('en')} |`,
      `| depth | ${depth} (introspection ${introspectionDepth}) |`,
      `| aliases | ${aliases} |`,
      `| cost | ${cost.toLocaleString('en')}:`,
    ]) {
      expect(page).toContain(row);
    }
  });

  it('leave a document without an operation to be refused by GraphQL itself', () => {
    expect(costOf('fragment F on T { a }')).toBe(0);
  });
});
