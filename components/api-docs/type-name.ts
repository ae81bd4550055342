import type { JsonSchema } from '@/lib/openapi/types';

/** The component that a schema refers to, or undefined. */
export function referenced(schema: JsonSchema): string | undefined {
  return typeof schema.$ref === 'string' ? schema.$ref.split('/').at(-1) : undefined;
}

/** A schema in a few words: `list of Role`, `string or null`, `block | warn`. */
export function typeName(schema: JsonSchema): string {
  const name = referenced(schema);
  if (name) return name;
  if (Array.isArray(schema.enum)) return schema.enum.map(String).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (Array.isArray(schema.anyOf)) return names(schema.anyOf as JsonSchema[], ' or ');
  if (schema.type === 'array') return `list of ${typeName(inner(schema.items))}`;
  if (schema.type === 'object' && !schema.properties && schema.additionalProperties) {
    return `map to ${typeName(inner(schema.additionalProperties))}`;
  }
  const type = typeof schema.type === 'string' ? schema.type : 'any';
  return typeof schema.format === 'string' ? `${type} (${schema.format})` : type;
}

function names(schemas: readonly JsonSchema[], separator: string): string {
  return [...new Set(schemas.map(typeName))].join(separator);
}

/** `items` and `additionalProperties` may be absent or a boolean, which says nothing of the type. */
function inner(schema: unknown): JsonSchema {
  return typeof schema === 'object' && schema !== null ? (schema as JsonSchema) : {};
}
