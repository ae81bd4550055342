import type { JsonSchema } from '@/lib/openapi/types';
import { referenced, typeName } from './type-name';

/** A type in words, leading to the schema that it names. */
export function TypeLink({ schema }: { schema: JsonSchema }) {
  const target = targetOf(schema);
  const words = <code className="font-mono text-xs break-words">{typeName(schema)}</code>;
  if (!target) return words;
  return (
    <a href={`#schema-${target}`} className="rounded-sm text-accent hover:underline">
      {words}
    </a>
  );
}

/** The component that a schema is, or is a list or one choice of. */
function targetOf(schema: JsonSchema): string | undefined {
  const items = schema.items as JsonSchema | undefined;
  const choices = (schema.anyOf ?? []) as JsonSchema[];
  return [schema, ...(items ? [items] : []), ...choices].map(referenced).find(Boolean);
}
