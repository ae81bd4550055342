import 'server-only';
import type { Clock } from '@/lib/gateway/types';
import { BoundedMap } from './bounded-map';

/** A value being loaded or loaded; `loadedAt` is when its load began, so it says nothing of changes after that. */
type Entry<V> = {
  value: Promise<V>;
  loadedAt: number;
  settled: { value: V } | 'pending' | 'failed';
};

export type FreshCacheOptions = {
  capacity: number;
  clock: Clock;
  /** Whether what was read at this time is still known to be what is stored. */
  isFresh(loadedAt: number): boolean;
};

/** A failed load is not tried again within this time: a broken row must not cost a query a request. */
const FAILURE_MS = 250;

/** Values loaded on miss, once for all who wait, kept while they are fresh or until they are dropped. */
export class FreshCache<V> {
  private readonly entries: BoundedMap<string, Entry<V>>;

  constructor(private readonly options: FreshCacheOptions) {
    this.entries = new BoundedMap(options.capacity);
  }

  get size(): number {
    return this.entries.size;
  }

  /** Rejects as `load` does. */
  get(key: string, load: () => Promise<V>): Promise<V> {
    const known = this.entries.get(key);
    if (known && this.isUsable(known)) return known.value;
    const entry: Entry<V> = {
      value: load(),
      loadedAt: this.options.clock.now(),
      settled: 'pending',
    };
    this.entries.set(key, entry);
    entry.value.then(
      (value) => {
        entry.settled = { value };
      },
      () => {
        entry.settled = 'failed';
      },
    );
    return entry.value;
  }

  /** Forgets a value if it is still the one that `matches`; a load that began since stays. */
  drop(key: string, matches: (value: V) => boolean): boolean {
    const entry = this.entries.get(key);
    if (!entry || typeof entry.settled === 'string' || !matches(entry.settled.value)) return false;
    this.entries.deleteIf(key, entry);
    return true;
  }

  /** Forgets all that `matches`, and all whose load is under way: it may have read what was before. */
  dropWhere(matches: (value: V, key: string) => boolean): void {
    this.entries.deleteWhere(
      ({ settled }, key) => typeof settled === 'string' || matches(settled.value, key),
    );
  }

  clear(): void {
    this.entries.clear();
  }

  private isUsable({ loadedAt, settled }: Entry<V>): boolean {
    if (settled === 'pending') return true;
    if (settled === 'failed') return this.options.clock.now() - loadedAt <= FAILURE_MS;
    return this.options.isFresh(loadedAt);
  }
}
