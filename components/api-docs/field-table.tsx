import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table';
import type { JsonSchema } from '@/lib/openapi/types';
import { Prose } from './prose';
import { TypeLink } from './type-link';

export type ShownField = {
  name: string;
  required: boolean;
  description: string;
  schema: JsonSchema;
};

/** Names, types and meaning of parameters or of an object's fields. */
export function FieldTable({ label, fields }: { label: string; fields: readonly ShownField[] }) {
  return (
    <Table aria-label={label}>
      <TableHeader>
        <TableRow>
          <TableHead>Name</TableHead>
          <TableHead>Type</TableHead>
          <TableHead>Meaning</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {fields.map(({ name, required, description, schema }) => (
          <TableRow key={name}>
            <TableCell className="align-top">
              <code className="font-mono text-xs">{name}</code>
              {required && <span className="ml-2 text-xs text-muted-foreground">required</span>}
            </TableCell>
            <TableCell className="align-top">
              <TypeLink schema={schema} />
            </TableCell>
            <TableCell className="min-w-48 align-top text-muted-foreground">
              <Prose text={description} /> {boundsOf(schema)}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

const BOUNDS = {
  default: 'Default',
  minimum: 'At least',
  maximum: 'At most',
  maxLength: 'At most, in characters,',
  maxItems: 'At most, in entries,',
} as const;

function boundsOf(schema: JsonSchema): string {
  return Object.entries(BOUNDS)
    .filter(([keyword]) => ['number', 'string', 'boolean'].includes(typeof schema[keyword]))
    .map(([keyword, words]) => `${words} ${JSON.stringify(schema[keyword])}.`)
    .join(' ');
}
