import type { ReactNode } from 'react';
import { cn } from './cn';
import { Table, TableBody, TableHeader } from './table';

type ResponsiveTableProps<Row> = {
  /** What the rows are; names the table and the list. */
  label: string;
  rows: readonly Row[];
  /** The headings: a TableHead per column. */
  head: ReactNode;
  /** A row of the table: a TableRow with its key. */
  renderRow: (row: Row) => ReactNode;
  /** The same in the list: an `li` with its key. */
  renderItem: (row: Row) => ReactNode;
  /** Where no card is around it: a border around the table, room between the items. */
  framed?: boolean;
};

/** A table from 768 px on, a list below. */
export function ResponsiveTable<Row>({
  label,
  rows,
  head,
  renderRow,
  renderItem,
  framed = false,
}: ResponsiveTableProps<Row>) {
  return (
    <>
      <div className={cn('hidden md:block', framed && 'rounded-lg border border-border bg-card')}>
        <Table aria-label={label}>
          <TableHeader>
            <tr>{head}</tr>
          </TableHeader>
          <TableBody>{rows.map(renderRow)}</TableBody>
        </Table>
      </div>
      <ul
        aria-label={label}
        className={cn('md:hidden', framed ? 'flex flex-col gap-3' : 'divide-y divide-border')}
      >
        {rows.map(renderItem)}
      </ul>
    </>
  );
}
