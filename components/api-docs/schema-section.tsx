import { ChevronRight } from 'lucide-react';
import type { JsonSchema } from '@/lib/openapi/types';
import { FieldTable, type ShownField } from './field-table';
import { TypeLink } from './type-link';

/** Every named schema with its fields. */
export function SchemaSection({ schemas }: { schemas: Record<string, JsonSchema> }) {
  return (
    <section id="schemas" className="flex flex-col gap-3">
      <h2 className="text-base font-semibold tracking-tight">Schemas</h2>
      <div className="divide-y divide-border rounded-lg border border-border bg-card">
        {Object.entries(schemas).map(([name, schema]) => (
          <details key={name} id={`schema-${name}`} className="group">
            <summary className="flex min-h-11 items-center gap-3 px-4 py-2 [&::-webkit-details-marker]:hidden">
              <ChevronRight
                aria-hidden
                className="size-3.5 shrink-0 text-muted-foreground transition-transform group-open:rotate-90"
              />
              <code className="font-mono text-xs">{name}</code>
            </summary>
            <div className="border-t border-border px-4 py-4 text-sm">
              <Fields name={name} schema={schema} />
            </div>
          </details>
        ))}
      </div>
    </section>
  );
}

function Fields({ name, schema }: { name: string; schema: JsonSchema }) {
  const fields = fieldsOf(schema);
  return fields.length > 0 ? (
    <FieldTable label={`Fields of ${name}`} fields={fields} />
  ) : (
    <TypeLink schema={schema} />
  );
}

/** Of an object its fields; those of objects within it follow, by dotted name. */
function fieldsOf(schema: JsonSchema, prefix = ''): ShownField[] {
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>;
  const required = (schema.required ?? []) as string[];
  return Object.entries(properties).flatMap(([key, property]) => {
    const name = `${prefix}${key}`;
    const description = typeof property.description === 'string' ? property.description : '';
    const field = { name, required: required.includes(key), description, schema: property };
    const each = (property.type === 'array' ? property.items : property) as JsonSchema;
    const inner = fieldsOf(each, property.type === 'array' ? `${name}[].` : `${name}.`);
    return [field, ...inner];
  });
}
