import { z } from 'zod';
import { POLICY_KINDS, type PolicyKind, rolePolicySchema } from './role-policy';

/** A field of the policy document as forms, docs and diffs see it. */
export type PolicyField = {
  section: PolicyKind;
  /** Keys from the document's root, `*` for any entry of a list or map: `['resiliencePolicy', 'fallbackChain', '*', 'model']`. */
  keys: readonly string[];
  /** The keys joined by dots. */
  path: string;
  title: string;
  description: string;
  type: 'boolean' | 'integer' | 'number' | 'string' | 'enum' | 'list' | 'map';
  /** What an absent field stands for; undefined where a value is required. */
  default: unknown;
  unit?: string;
  control?: string;
  sealed: boolean;
  /** Values of an enum, of a list of enums, or keys of a map that has fixed ones. */
  values?: readonly string[];
  min?: number;
  max?: number;
  maxItems?: number;
  maxLength?: number;
  /** What an entry of a list or map is: its fields, or its one value. */
  entry?: readonly PolicyField[] | Pick<PolicyField, 'type' | 'min' | 'max'>;
};

type JsonSchema = z.core.JSONSchema.JSONSchema & {
  unit?: string;
  control?: string;
  sealed?: boolean;
};

/** Every field that holds a value, in the editor's order; lists and maps are one field each. */
export function policyFields(): readonly PolicyField[] {
  return (known ??= POLICY_KINDS.flatMap((section) => sectionFields(section)));
}
let known: readonly PolicyField[] | undefined;

/** As `policyFields`, and the fields of list and map entries too. */
export function allPolicyFields(): readonly PolicyField[] {
  const withEntries = (field: PolicyField): PolicyField[] =>
    isFields(field.entry) ? [field, ...field.entry.flatMap(withEntries)] : [field];
  return policyFields().flatMap(withEntries);
}

/** The field that a path of an issue is about; entries of lists and maps belong to theirs. */
export function fieldAt(path: readonly PropertyKey[]): PolicyField | undefined {
  const fits = ({ keys }: PolicyField) =>
    keys.length <= path.length && keys.every((key, index) => key === '*' || key === path[index]);
  let found: PolicyField | undefined;
  for (const field of allPolicyFields()) {
    if (fits(field) && (!found || field.keys.length > found.keys.length)) found = field;
  }
  return found;
}

/** The value of a field in a document. Not for fields of entries. */
export function valueAt(document: unknown, keys: readonly string[]): unknown {
  let value = document;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** Keys of the objects of fixed shape in the document, by dotted path; '' is the document. */
export function knownKeys(): ReadonlyMap<string, readonly string[]> {
  return (shapes ??= collectShapes());
}
let shapes: ReadonlyMap<string, readonly string[]> | undefined;

/** JSON Schema (2020-12) of what a client may send as a policy. */
export function policyJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(rolePolicySchema, { io: 'input', target: 'draft-2020-12' });
  return {
    ...schema,
    title: 'RolePolicy',
    description:
      "A role's whole policy. Every field may be left out; an empty document means that every section is off. Rules between fields are checked at save.",
  };
}

function sectionFields(section: PolicyKind): PolicyField[] {
  const root = z.toJSONSchema(rolePolicySchema.shape[section], { io: 'input' }) as JsonSchema;
  return objectFields(section, [section], root);
}

function objectFields(section: PolicyKind, keys: string[], schema: JsonSchema): PolicyField[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    const child = value as JsonSchema;
    return child.properties
      ? objectFields(section, [...keys, key], child)
      : [toField(section, [...keys, key], child)];
  });
}

function toField(section: PolicyKind, keys: string[], schema: JsonSchema): PolicyField {
  const shape = plainest(schema);
  const type = typeOf(shape);
  const items = (shape.items ?? shape.additionalProperties) as JsonSchema | undefined;
  const names = shape.propertyNames as JsonSchema | undefined;
  const values = shape.enum ?? (type === 'list' ? items?.enum : names?.enum);
  return {
    section,
    keys,
    path: keys.join('.'),
    title: schema.title ?? keys.at(-1) ?? '',
    description: schema.description ?? '',
    type,
    default: schema.default,
    sealed: schema.sealed === true,
    ...(schema.unit ? { unit: schema.unit } : {}),
    ...(schema.control ? { control: schema.control } : {}),
    ...(values ? { values: values.map(String) } : {}),
    ...bounds(shape),
    ...(type === 'list' || type === 'map' ? { entry: entryOf(section, keys, items ?? {}) } : {}),
  };
}

function entryOf(section: PolicyKind, keys: string[], items: JsonSchema): PolicyField['entry'] {
  if (items.properties) return objectFields(section, [...keys, '*'], items);
  const shape = plainest(items);
  return { type: typeOf(shape), ...bounds(shape) };
}

/** Of alternatives the one that is not a constant: `'' | model name` is a string. */
function plainest(schema: JsonSchema): JsonSchema {
  const alternatives = (schema.anyOf ?? []) as JsonSchema[];
  return alternatives.find((one) => one.const === undefined) ?? schema;
}

function typeOf(schema: JsonSchema): PolicyField['type'] {
  if (schema.enum) return 'enum';
  if (schema.type === 'array') return 'list';
  if (schema.type === 'object') return 'map';
  if (schema.type === 'boolean' || schema.type === 'integer' || schema.type === 'number') {
    return schema.type;
  }
  return 'string';
}

function bounds(schema: JsonSchema): Pick<PolicyField, 'min' | 'max' | 'maxItems' | 'maxLength'> {
  return {
    ...(schema.minimum === undefined ? {} : { min: schema.minimum }),
    ...(schema.maximum === undefined ? {} : { max: schema.maximum }),
    ...(schema.maxItems === undefined ? {} : { maxItems: schema.maxItems }),
    ...(schema.maxLength === undefined ? {} : { maxLength: schema.maxLength }),
  };
}

function collectShapes(): Map<string, readonly string[]> {
  const found = new Map<string, Set<string>>([['', new Set(POLICY_KINDS)]]);
  for (const { keys } of allPolicyFields()) {
    keys.forEach((key, index) => {
      if (key === '*') return;
      const parent = keys.slice(0, index).join('.');
      const known = found.get(parent) ?? new Set();
      found.set(parent, known.add(key));
    });
  }
  return new Map([...found].map(([path, keys]) => [path, [...keys]]));
}

function isFields(entry: PolicyField['entry']): entry is readonly PolicyField[] {
  return Array.isArray(entry);
}
