import { z } from 'zod';
import { evaluateBody } from '@/lib/admin/evaluate';
import { policyBody } from '@/lib/admin/policies';
import { rolePolicySchema } from '@/lib/policy/role-policy';
import { chatRequest } from './gateway-schemas';
import { INPUT_NAMES, OUTPUT_NAMES } from './names';
import type { JsonSchema } from './types';

export type Direction = 'input' | 'output';

const refTo = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });
const namesOf = (io: Direction) => (io === 'input' ? INPUT_NAMES : OUTPUT_NAMES);

/** Schemas that say less than is known: what they hold is judged after parsing. */
const DESCRIBED: ReadonlyMap<z.core.$ZodType, () => JsonSchema> = new Map<
  z.core.$ZodType,
  () => JsonSchema
>([
  [
    policyBody,
    () => ({
      anyOf: [
        schemaOf(rolePolicySchema, 'input'),
        {
          type: 'object',
          properties: {
            policy: schemaOf(rolePolicySchema, 'input'),
            comment: { type: 'string', maxLength: 1000 },
          },
          required: ['policy'],
          additionalProperties: false,
        },
      ],
    }),
  ],
  [evaluateBody.shape.request, () => schemaOf(chatRequest, 'input')],
  [evaluateBody.shape.policy.unwrap(), () => schemaOf(rolePolicySchema, 'input')],
]);

/** A schema as it stands in the document: by its name where it has one. */
export function schemaOf(schema: z.core.$ZodType, io: Direction): JsonSchema {
  const name = namesOf(io).get(schema);
  return name ? refTo(name) : (DESCRIBED.get(schema)?.() ?? convert(schema, io));
}

/** Every named schema. */
export function namedSchemas(): Record<string, JsonSchema> {
  const all = (['input', 'output'] as const).flatMap((io) =>
    [...namesOf(io)].map(([schema, name]) => [name, convert(schema, io)] as const),
  );
  return Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function convert(root: z.core.$ZodType, io: Direction): JsonSchema {
  const {
    $schema: _dialect,
    $defs: defs,
    ...schema
  } = z.toJSONSchema(root, {
    io,
    override({ zodSchema, jsonSchema }) {
      const instead = Object.is(zodSchema, root) ? undefined : nameOrDescription(zodSchema, io);
      if (instead) replace(jsonSchema, instead);
      else tidy(jsonSchema, io);
    },
  });
  return defs ? (withoutRecursion(schema) as JsonSchema) : schema;
}

function nameOrDescription(schema: z.core.$ZodType, io: Direction): JsonSchema | undefined {
  const name = namesOf(io).get(schema);
  return name ? refTo(name) : DESCRIBED.get(schema)?.();
}

function replace(schema: JsonSchema, by: JsonSchema): void {
  for (const keyword of Object.keys(schema)) delete schema[keyword];
  Object.assign(schema, by);
}

/** Those that JSON Schema knows; zod has more, which their patterns say too. */
const FORMATS: ReadonlySet<unknown> = new Set(['date-time', 'date', 'email', 'uuid']);

const LOWEST: ReadonlySet<unknown> = new Set([Number.MIN_SAFE_INTEGER, -(2 ** 31)]);
const HIGHEST: ReadonlySet<unknown> = new Set([Number.MAX_SAFE_INTEGER, 2 ** 31 - 1]);

/** Leaves out what only repeats: patterns of formats, the bounds of all integers, closed answers. */
function tidy(schema: JsonSchema, io: Direction): void {
  if (FORMATS.has(schema.format)) delete schema.pattern;
  else delete schema.format;
  if (LOWEST.has(schema.minimum)) delete schema.minimum;
  if (HIGHEST.has(schema.maximum)) delete schema.maximum;
  // A later version may answer more fields.
  if (io === 'output' && schema.additionalProperties === false) delete schema.additionalProperties;
}

/** The one schema of ours that contains itself is "any JSON value", which needs no words. */
function withoutRecursion(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutRecursion);
  if (typeof value !== 'object' || value === null) return value;
  if ('$ref' in value && String(value.$ref).startsWith('#/$defs/')) return {};
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withoutRecursion(inner)]),
  );
}
