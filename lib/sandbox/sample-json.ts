/**
 * Makes a value that a JSON schema accepts, the same every time. Covers what tool parameters and
 * structured outputs use: types, enums, constants, unions, references, bounds and formats.
 */

type Schema = Record<string, unknown>;
type Context = { root: Schema; hint: string; depth: number; key: string };

/** Nesting beyond which unions take their simplest branch and optional parts are left out. */
const DEEP = 6;

const FORMATS: Readonly<Record<string, string>> = {
  date: '2025-01-15',
  time: '09:30:00Z',
  'date-time': '2025-01-15T09:30:00Z',
  duration: 'P1D',
  email: 'sandbox@example.com',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  uuid: '00000000-0000-4000-8000-000000000000',
};

/** A value valid under `schema`; strings without further rules are made of `hint`. */
export function sampleJson(schema: unknown, hint: string): unknown {
  const root = asSchema(schema);
  return sample(root, { root, hint, depth: 0, key: '' });
}

function asSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Schema)
    : {};
}

function sample(schema: Schema, context: Context): unknown {
  if (typeof schema.$ref === 'string') {
    const target = resolveRef(schema.$ref, context.root);
    return sample({ ...target, ...without(schema, '$ref') }, deeper(context));
  }
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  if (Array.isArray(schema.allOf)) {
    const merged = schema.allOf.map(asSchema).reduce(mergeSchemas, without(schema, 'allOf'));
    return sample(merged, deeper(context));
  }
  const branches = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(branches)) return sample(pickBranch(branches, context), deeper(context));
  if ('default' in schema) return schema.default;
  return sampleOfType(schema, context);
}

function sampleOfType(schema: Schema, context: Context): unknown {
  switch (typeOf(schema, context)) {
    case 'object':
      return sampleObject(schema, context);
    case 'array':
      return sampleArray(schema, context);
    case 'integer':
      return sampleNumber(schema, 1);
    case 'number':
      return sampleNumber(schema, 0);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return sampleString(schema, context);
  }
}

function typeOf(schema: Schema, { depth }: Context): string {
  if (Array.isArray(schema.type)) {
    const types = schema.type.map(String);
    if (depth > DEEP && types.includes('null')) return 'null';
    return types.find((type) => type !== 'null') ?? 'null';
  }
  if (typeof schema.type === 'string') return schema.type;
  if ('properties' in schema) return 'object';
  if ('items' in schema || 'prefixItems' in schema) return 'array';
  return 'string';
}

function pickBranch(branches: readonly unknown[], { depth }: Context): Schema {
  const schemas = branches.map(asSchema);
  const simple = schemas.find((schema) => schema.type === 'null');
  if (depth > DEEP && simple !== undefined) return simple;
  return schemas.find((schema) => schema.type !== 'null') ?? schemas[0] ?? {};
}

function sampleObject(schema: Schema, context: Context): Record<string, unknown> {
  const required = new Set(Array.isArray(schema.required) ? schema.required.map(String) : []);
  const value: Record<string, unknown> = {};
  for (const [key, property] of Object.entries(asSchema(schema.properties))) {
    if (context.depth > DEEP && !required.has(key)) continue;
    value[key] = sample(asSchema(property), { ...deeper(context), key });
  }
  const further = asSchema(schema.additionalProperties);
  for (const key of required) {
    if (!(key in value)) value[key] = sample(further, { ...deeper(context), key });
  }
  return value;
}

function sampleArray(schema: Schema, context: Context): unknown[] {
  const fixed = Array.isArray(schema.prefixItems) ? schema.prefixItems : [];
  const least = numberOr(schema.minItems, 0);
  const most = numberOr(schema.maxItems, Infinity);
  const wanted = Math.max(least, Math.min(most, context.depth > DEEP ? 0 : 1), fixed.length);
  return Array.from({ length: wanted }, (_, index) =>
    sample(asSchema(fixed[index] ?? schema.items), deeper(context)),
  );
}

function sampleNumber(schema: Schema, whole: 0 | 1): number {
  const step = numberOr(schema.multipleOf, whole === 1 ? 1 : 0);
  const above = numberOr(schema.exclusiveMinimum, -Infinity);
  const least = Math.max(numberOr(schema.minimum, -Infinity), above);
  const below = numberOr(schema.exclusiveMaximum, Infinity);
  const most = Math.min(numberOr(schema.maximum, Infinity), below);
  if (step > 0) {
    let value = least === -Infinity ? step : Math.ceil(least / step) * step;
    if (value <= above) value += step;
    if (value > most || value >= below) value = Math.floor(most / step) * step;
    return value >= below ? value - step : value;
  }
  if (least !== -Infinity && most !== Infinity) return (least + most) / 2;
  if (least !== -Infinity) return least + 1;
  return most === Infinity ? 1.5 : most - 1;
}

function sampleString(schema: Schema, { hint, key }: Context): string {
  const known = typeof schema.format === 'string' ? FORMATS[schema.format] : undefined;
  const examples = Array.isArray(schema.examples) ? schema.examples : [];
  const example = examples.find((each) => typeof each === 'string');
  if (known !== undefined) return known;
  if (typeof example === 'string') return example;
  const least = numberOr(schema.minLength, 0);
  const most = numberOr(schema.maxLength, Infinity);
  const text = (valueFor(key, hint) || 'sandbox').slice(0, Math.min(most, 80));
  return text.padEnd(least, '.');
}

/** What a property of this name would hold, read out of the message where that is easy. */
function valueFor(key: string, hint: string): string {
  if (/city|location|place|town/i.test(key)) {
    return (
      /\b(?:in|at|for|to)\s+(\p{Lu}[\p{L}-]+(?:\s\p{Lu}[\p{L}-]+)*)/u.exec(hint)?.[1] ?? 'Paris'
    );
  }
  if (/unit/i.test(key)) return 'celsius';
  if (/name/i.test(key)) return 'Sandbox';
  return hint;
}

function resolveRef(ref: string, root: Schema): Schema {
  if (!ref.startsWith('#')) return {};
  const steps = ref.slice(1).split('/').filter(Boolean);
  const found = steps.reduce<Schema>(
    (schema, step) =>
      asSchema(schema[decodeURIComponent(step).replace(/~1/g, '/').replace(/~0/g, '~')]),
    root,
  );
  return found;
}

function mergeSchemas(a: Schema, b: Schema): Schema {
  const required = [...list(a.required), ...list(b.required)];
  return {
    ...a,
    ...b,
    properties: { ...asSchema(a.properties), ...asSchema(b.properties) },
    ...(required.length > 0 ? { required } : {}),
  };
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function without(schema: Schema, key: string): Schema {
  const { [key]: _removed, ...rest } = schema;
  return rest;
}

function numberOr(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}

function deeper(context: Context): Context {
  if (context.depth > 64) throw new RangeError('The schema refers to itself without an end');
  return { ...context, depth: context.depth + 1 };
}
