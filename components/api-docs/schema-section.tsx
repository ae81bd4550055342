import type { JsonSchema } from '@/lib/openapi/types';
import { FieldTable, type ShownField } from './field-table';
import { Fold } from './fold';
import { TypeLink } from './type-link';

/** Every named schema with its fields. */
export function SchemaSection({ schemas }: { schemas: Record<string, JsonSchema> }) {
  return (
    <section id="schemas" className="flex flex-col gap-3">
      <h2 className="text-base font-semibold tracking-tight">Schemas</h2>
      <div className="divide-y divide-border rounded-lg border border-border bg-card">
        {Object.entries(schemas).map(([name, schema]) => (
          <Fold
            key={name}
            id={`schema-${name}`}
            summary={<code className="font-mono text-xs">{name}</code>}
          >
            <div className="text-sm">
              <Fields name={name} schema={schema} />
            </div>
          </Fold>
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
