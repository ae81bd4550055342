'use client';

import { useRef } from 'react';
import { Button } from '@/components/ui/button';
import { Spinner } from '@/components/ui/spinner';

type LoadMoreProps = {
  /** How many are shown. */
  count: number;
  hasMore: boolean;
  loading: boolean;
  onLoad: () => Promise<{ hasNextPage: boolean }>;
};

/** The end of a list: how long it is so far, and the way to older entries. */
export function LoadMore({ count, hasMore, loading, onLoad }: LoadMoreProps) {
  const end = useRef<HTMLDivElement>(null);

  async function load() {
    if (loading) return;
    const { hasNextPage } = await onLoad();
    // The button is gone after the last page, and the keyboard must not start again at the top.
    if (!hasNextPage) end.current?.focus();
  }

  return (
    <div
      ref={end}
      tabIndex={-1}
      className="flex items-center justify-between gap-3 border-t border-border px-4 py-2.5 outline-none"
    >
      <p role="status" className="text-xs text-muted-foreground tabular-nums">
        {count === 1 ? '1 request' : `${count} requests`}
        {hasMore && ' so far'}
      </p>
      {hasMore && (
        <Button
          variant="outline"
          size="sm"
          aria-busy={loading || undefined}
          onClick={() => void load()}
        >
          {loading && <Spinner />} Load more
        </Button>
      )}
    </div>
  );
}
