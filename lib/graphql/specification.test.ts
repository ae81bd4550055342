import { readFileSync } from 'node:fs';
import {
  buildASTSchema,
  isEnumType,
  isInputObjectType,
  isObjectType,
  parse,
  type GraphQLNamedType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { graphqlSchema } from './schema';

/** The specification's GraphQL, taken out of its text: every fenced block of that language. */
const text = readFileSync('../shared/spec/policy-architecture.md', 'utf8');
const sdl = [...text.matchAll(/```graphql\n([\s\S]*?)```/g)].map(([, block]) => block).join('\n');
const document = parse(sdl);
const defined = new Set(
  document.definitions.flatMap((each) => ('name' in each && each.name ? [each.name.value] : [])),
);
// It refers to types that it leaves out; as scalars they make a schema of it.
const referred = new Set([...sdl.matchAll(/:\s*\[?([A-Z]\w+)/g)].map(([, name]) => name ?? ''));
const builtIn = ['String', 'Int', 'Float', 'Boolean', 'ID'];
const missing = [...referred].filter((name) => !defined.has(name) && !builtIn.includes(name));
const specified = buildASTSchema(
  parse(`${sdl}\n${missing.map((name) => `scalar ${name}`).join('\n')}`),
  { assumeValid: true },
);
const ours = graphqlSchema();

function fieldsOf(type: GraphQLNamedType | undefined): Record<string, string> {
  if (!isObjectType(type) && !isInputObjectType(type)) return {};
  return Object.fromEntries(
    Object.entries(type.getFields()).map(([name, field]) => [name, String(field.type)]),
  );
}

describe("the specification's GraphQL", () => {
  it('is found in its text', () => {
    expect([...defined].toSorted()).toEqual([
      'BudgetExceededAction',
      'BudgetPolicyInput',
      'CachingPolicy',
      'CachingPolicyInput',
      'FallbackConfigInput',
      'ResiliencePolicyInput',
      'RoutingPolicy',
      'RoutingPolicyInput',
      'RoutingStrategy',
    ]);
  });

  it.each([...defined])('%s is contained in ours: kind, fields, types and nullability', (name) => {
    const [theirs, own] = [specified.getType(name), ours.getType(name)];
    expect(own?.constructor.name).toBe(theirs?.constructor.name);
    if (isEnumType(theirs) && isEnumType(own)) {
      expect(own.getValues().map((value) => value.name)).toEqual(
        theirs.getValues().map((value) => value.name),
      );
      return;
    }
    expect(Object.keys(fieldsOf(theirs)).length).toBeGreaterThan(0);
    expect(fieldsOf(own)).toMatchObject(fieldsOf(theirs));
  });

  it('leaves out types that ours has, of the kind that their place asks for', () => {
    expect(missing.length).toBeGreaterThan(0);
    for (const name of missing) {
      const type = ours.getType(name);
      expect(name.endsWith('Input') ? isInputObjectType(type) : isObjectType(type), name).toBe(
        true,
      );
    }
  });
});
