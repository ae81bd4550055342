import { expect, it } from 'vitest';
import { definitionsOf, search } from './definitions';

const SDL = `"""The first."""
type Role {
  """Its name."""
  name: String!

  policy: Policy
}

enum Tier {
  FREE
}

scalar JSON
`;

it('cuts a schema into its definitions, blank lines within them and descriptions before them included', () => {
  expect(definitionsOf(SDL).map(({ name, text }) => [name, text.split('\n')[0]])).toEqual([
    ['type Role', '"""The first."""'],
    ['enum Tier', 'enum Tier {'],
    ['scalar JSON', 'scalar JSON'],
  ]);
});

it('finds definitions by name before those that only mention it', () => {
  const definitions = definitionsOf(`${SDL}\ninput Policy {\n  tier: Tier\n}`);
  expect(search(definitions, 'POLICY').map(({ name }) => name)).toEqual([
    'input Policy',
    'type Role',
  ]);
  expect(search(definitions, ' ')).toEqual(definitions);
  expect(search(definitions, 'nothing')).toEqual([]);
});
