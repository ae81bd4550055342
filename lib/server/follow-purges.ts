import 'server-only';
import type { SnapshotStore } from '@/lib/db/snapshot';

/**
 * What was purged on another replica, or asked for by a key that has gone, goes here too; and everything does
 * when that may have happened unheard.
 * @returns a function that ends it
 */
export function followPurges(
  snapshots: Pick<SnapshotStore, 'onChange' | 'onGap'>,
  cache: { reload(tenantId: string | null): void },
): () => void {
  const ends = [
    snapshots.onChange(({ tenantId, table }) => {
      if (table === 'cache_purge') cache.reload(tenantId);
    }),
    snapshots.onGap(() => cache.reload(null)),
  ];
  return () => ends.forEach((end) => end());
}
