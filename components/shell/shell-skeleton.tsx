import { cn } from '@/components/ui/cn';
import { Skeleton } from '@/components/ui/skeleton';

/** The shell's outline while the tenants load. */
export function ShellSkeleton({ collapsed }: { collapsed: boolean }) {
  return (
    <div role="status" aria-label="Loading" className="flex min-h-dvh">
      <div
        className={cn(
          'hidden shrink-0 flex-col gap-3 border-r border-border bg-sidebar p-3 md:flex',
          collapsed ? 'w-14' : 'w-60',
        )}
      >
        <Skeleton className="h-8" />
        <div className="mt-3 flex flex-col gap-2">
          {[0, 1, 2, 3, 4].map((row) => (
            <Skeleton key={row} className="h-6" />
          ))}
        </div>
      </div>
      <div className="flex flex-1 flex-col">
        <div className="h-12 border-b border-border" />
        <div className="mx-auto flex w-full max-w-[1200px] flex-col gap-4 px-4 py-6 sm:px-6">
          <Skeleton className="h-7 w-48" />
          <Skeleton className="h-64" />
        </div>
      </div>
    </div>
  );
}
