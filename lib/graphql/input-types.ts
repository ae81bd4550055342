import {
  GraphQLInputObjectType,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLInputFieldConfig,
  type GraphQLInputType,
} from 'graphql';
import { z } from 'zod';
import { AppError } from '@/lib/errors/app-error';
import { POLICY_SECTIONS } from '@/lib/policy/role-policy';
import { entryFields, namesOf, nestedName } from './names';
import { descriptionOf } from './output-types';
import { leafType } from './scalars';
import { fieldsOf, mapOf, shapeOf } from './shape';

const objects = new Map<string, GraphQLInputObjectType>();
const sections: ReadonlySet<unknown> = new Set(Object.values(POLICY_SECTIONS));

/** What a section's input always names, although the document may leave it out: as the specification has it. */
const ALWAYS_NAMED: ReadonlySet<string> = new Set(['enabled', 'RoutingPolicyInput.strategy']);

/** The type of what is sent: non-null where it may not be left out. */
export function inputType(
  schema: z.core.$ZodType,
  parent: string,
  field: string,
  inList = false,
): GraphQLInputType {
  const { core, optional, nullable } = shapeOf(schema, 'input');
  const type = bareType(core, parent, field, inList);
  return optional || nullable ? type : new GraphQLNonNull(type);
}

function bareType(
  core: z.core.$ZodType,
  parent: string,
  field: string,
  inList: boolean,
): GraphQLInputType {
  if (core instanceof z.ZodArray)
    return new GraphQLList(inputType(core.element, parent, field, true));
  const map = mapOf(core);
  if (map) return new GraphQLList(new GraphQLNonNull(entryType(map, parent, field)));
  if (!fieldsOf(core)) return leafType(core);
  return objectType(core, namesOf('input').get(core) ?? nestedName(parent, field, inList));
}

function objectType(core: z.core.$ZodType, name: string): GraphQLInputObjectType {
  return made(name, () =>
    Object.entries(fieldsOf(core) ?? {}).map(([field, schema]) => {
      const type = inputType(schema, name, field);
      const named =
        sections.has(core) && (ALWAYS_NAMED.has(field) || ALWAYS_NAMED.has(`${name}.${field}`));
      return [
        field,
        named && !(type instanceof GraphQLNonNull) ? new GraphQLNonNull(type) : type,
        schema,
      ];
    }),
  );
}

function entryType(
  { key, value }: NonNullable<ReturnType<typeof mapOf>>,
  parent: string,
  field: string,
) {
  const name = nestedName(parent, field, true);
  const names = entryFields(parent, field);
  const inner =
    names.value === '' ? (fieldsOf(shapeOf(value, 'input').core) ?? {}) : { [names.value]: value };
  return made(name, () =>
    Object.entries({ [names.key]: key, ...inner }).map(([each, schema]) => {
      const type = inputType(schema, name, each);
      return [each, type, schema];
    }),
  );
}

function made(
  name: string,
  fields: () => [string, GraphQLInputType, z.core.$ZodType][],
): GraphQLInputObjectType {
  const known = objects.get(name);
  if (known) return known;
  const config = (): Record<string, GraphQLInputFieldConfig> =>
    Object.fromEntries(
      fields().map(([field, type, schema]) => [
        field,
        { type, description: descriptionOf(schema) },
      ]),
    );
  const type = new GraphQLInputObjectType({ name, fields: config });
  objects.set(name, type);
  return type;
}

/**
 * A coerced value as the use cases take it: plain objects, maps instead of lists of entries.
 * @throws AppError validation_failed where two entries of a map have one key
 */
export function fromInput(
  schema: z.core.$ZodType,
  value: unknown,
  path: string,
  parent = '',
): unknown {
  const { core } = shapeOf(schema, 'input');
  if (Array.isArray(value)) {
    const map = mapOf(core);
    if (map) return fromEntries(map.value, value, path, parent);
    const element = core instanceof z.ZodArray ? core.element : undefined;
    return element
      ? value.map((item, index) => fromInput(element, item, `${path}.${index}`, parent))
      : value;
  }
  const fields = fieldsOf(core);
  if (!fields || typeof value !== 'object' || value === null) return value;
  const name =
    namesOf('input').get(core) ?? nestedName(parent, path.split('.').at(-1) ?? '', false);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const field = fields[key];
      const at = path === '' ? key : `${path}.${key}`;
      return [key, field ? fromInput(field, inner, at, name) : inner];
    }),
  );
}

function fromEntries(
  schema: z.core.$ZodType,
  entries: unknown[],
  path: string,
  parent: string,
): object {
  const names = entryFields(parent, path.split('.').at(-1) ?? '');
  const map = new Map<string, unknown>();
  for (const [index, entry] of entries.entries()) {
    const { [names.key]: key, ...rest } = entry as Record<string, unknown>;
    if (map.has(String(key))) {
      const message = `"${String(key)}" is listed twice.`;
      const issues = [{ path: `${path}.${index}.${names.key}`, message }];
      throw new AppError('validation_failed', message, { issues });
    }
    const value = names.value === '' ? rest : rest[names.value];
    map.set(String(key), fromInput(schema, value, `${path}.${String(key)}`, parent));
  }
  return Object.fromEntries(map);
}
