import { Skeleton } from './skeleton';

/** The outline of a table that is loading. */
export function TableSkeleton({ rows = 4, label }: { rows?: number; label: string }) {
  return (
    <div
      role="status"
      aria-label={label}
      className="flex flex-col gap-px overflow-hidden rounded-lg border border-border bg-card"
    >
      {Array.from({ length: rows }, (_, row) => (
        <div
          key={row}
          className="flex items-center gap-6 border-b border-border px-4 py-3.5 last:border-0"
        >
          <Skeleton className="h-4 w-40" />
          <Skeleton className="hidden h-4 w-52 sm:block" />
          <Skeleton className="ml-auto h-4 w-20" />
        </div>
      ))}
    </div>
  );
}
