import {
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLFieldConfig,
  type GraphQLOutputType,
} from 'graphql';
import { z } from 'zod';
import { POLICY_SECTIONS } from '@/lib/policy/role-policy';
import type { GraphContext } from './context';
import { extraFields } from './extra-fields';
import { entryFields, namesOf, nestedName } from './names';
import { leafType } from './scalars';
import { fieldsOf, mapOf, shapeOf } from './shape';

type FieldConfig = GraphQLFieldConfig<Record<string, unknown>, GraphContext>;
type ObjectType = GraphQLObjectType<Record<string, unknown>, GraphContext>;

const objects = new Map<string, ObjectType>();
const sections: ReadonlySet<unknown> = new Set(Object.values(POLICY_SECTIONS));

/** The type of an answer's schema: non-null unless the schema says otherwise. */
export function outputType(schema: z.core.$ZodType, place: Place): GraphQLOutputType {
  const { core, nullable, optional } = shapeOf(schema, 'output');
  const type = bareType(core, place);
  // A default always fills an answer; only what is optional without one may be absent.
  const absent = nullable || (optional && schema instanceof z.ZodOptional);
  return absent ? type : new GraphQLNonNull(type);
}

/** Where a schema stands; the name of an object without one follows from it. */
export type Place = { parent: string; field: string; inList?: boolean };

function bareType(core: z.core.$ZodType, place: Place): GraphQLOutputType {
  if (core instanceof z.ZodArray) {
    return new GraphQLList(outputType(core.element, { ...place, inList: true }));
  }
  const map = mapOf(core);
  if (map) return new GraphQLList(new GraphQLNonNull(entryType(map, place)));
  return fieldsOf(core) ? objectType(core, nameAt(core, place)) : leafType(core);
}

function nameAt(core: z.core.$ZodType, { parent, field, inList = false }: Place): string {
  return namesOf('output').get(core) ?? nestedName(parent, field, inList);
}

/** The object type of a schema of known fields. */
export function objectType(core: z.core.$ZodType, name: string): ObjectType {
  const known = objects.get(name);
  if (known) return known;
  const type: ObjectType = new GraphQLObjectType({
    name,
    // Later, because types refer to each other.
    fields: () => {
      const fields = Object.entries(fieldsOf(core) ?? {});
      const own = fields.map(([field, schema]) => [field, fieldConfig(name, field, schema, core)]);
      return { ...Object.fromEntries(own), ...extraFields(name) };
    },
  });
  objects.set(name, type);
  return type;
}

function fieldConfig(
  parent: string,
  field: string,
  schema: z.core.$ZodType,
  holder: z.core.$ZodType,
): FieldConfig {
  const { core } = shapeOf(schema, 'output');
  const whole = outputType(schema, { parent, field });
  // The specification's style: of a section, groups of settings are nullable, settings are not.
  const isGroup = sections.has(holder) && fieldsOf(core) !== null;
  const type = isGroup && whole instanceof GraphQLNonNull ? whole.ofType : whole;
  const description = descriptionOf(schema);
  const resolve = mapOf(core)
    ? (source: Record<string, unknown>) => entriesOf(source[field], parent, field)
    : undefined;
  return { type, description, ...(resolve ? { resolve } : {}) };
}

/** What the schema says of the field to forms and documents. */
export function descriptionOf(schema: z.core.$ZodType): string | undefined {
  return z.globalRegistry.get(schema)?.description;
}

function entryType(
  { key, value }: NonNullable<ReturnType<typeof mapOf>>,
  { parent, field }: Place,
) {
  const name = nestedName(parent, field, true);
  const known = objects.get(name);
  if (known) return known;
  const names = entryFields(parent, field);
  const inner =
    names.value === '' ? (fieldsOf(shapeOf(value, 'output').core) ?? {}) : { [names.value]: value };
  const fields = Object.entries({ [names.key]: key, ...inner }).map(([each, schema]) => [
    each,
    { type: outputType(schema, { parent: name, field: each }), description: descriptionOf(schema) },
  ]);
  const type: ObjectType = new GraphQLObjectType({
    name,
    fields: Object.fromEntries(fields) as Record<string, FieldConfig>,
  });
  objects.set(name, type);
  return type;
}

function entriesOf(map: unknown, parent: string, field: string): unknown[] {
  const names = entryFields(parent, field);
  return Object.entries((map ?? {}) as Record<string, unknown>).map(([key, value]) =>
    names.value === ''
      ? { [names.key]: key, ...(value as object) }
      : { [names.key]: key, [names.value]: value },
  );
}
