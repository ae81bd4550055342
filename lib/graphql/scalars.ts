import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLScalarType,
  GraphQLString,
} from 'graphql';
import { z } from 'zod';
import { enumName } from './names';

/** Values pass as they are: the use case's own schema judges them. */
const DateTime = new GraphQLScalarType({
  name: 'DateTime',
  description: 'A time, ISO 8601: 2030-01-31T12:00:00Z.',
});
const SafeInt = new GraphQLScalarType({
  name: 'SafeInt',
  description: 'A whole number that may pass 32 bits, up to 2^53 - 1.',
});
export const Json = new GraphQLScalarType({ name: 'JSON', description: 'Any JSON value.' });

const MAX_INT = 2 ** 31 - 1;

/** The scalar or enum of a schema that holds one value; what is none is JSON. */
export function leafType(core: z.core.$ZodType): GraphQLScalarType | GraphQLEnumType {
  if (core instanceof z.ZodEnum) return enumType(core.options.map(String));
  if (core instanceof z.ZodBoolean) return GraphQLBoolean;
  if (core instanceof z.ZodNumber) return numberType(core);
  if (core instanceof z.ZodISODateTime) return DateTime;
  if (core instanceof z.ZodUUID) return GraphQLID;
  if (core instanceof z.ZodString || core instanceof z.ZodStringFormat) return GraphQLString;
  // Alternatives of ours are ways to write one text: a name or '', a time or a day.
  return core instanceof z.ZodUnion ? GraphQLString : Json;
}

function numberType(core: z.ZodNumber): GraphQLScalarType {
  const { type, maximum = Number.MAX_SAFE_INTEGER } = z.toJSONSchema(core);
  if (type !== 'integer') return GraphQLFloat;
  return maximum <= MAX_INT ? GraphQLInt : SafeInt;
}

const enums = new Map<string, GraphQLEnumType>();

/** `round_robin` is ROUND_ROBIN on the wire; resolvers and use cases see their own values. */
function enumType(values: readonly string[]): GraphQLEnumType {
  const name = enumName(values);
  const known = enums.get(name);
  if (known) return known;
  const type = new GraphQLEnumType({
    name,
    values: Object.fromEntries(values.map((value) => [enumKey(value), { value }])),
  });
  enums.set(name, type);
  return type;
}

function enumKey(value: string): string {
  return value.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase();
}
