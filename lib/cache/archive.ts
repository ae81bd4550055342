import type { CacheEntry, Shelf } from './entry';

/** What a look-up did, to be added to `role_cache_stats`. */
export type CacheTally = Shelf & {
  /** IANA name of the zone whose calendar the day is of. */
  timezone: string;
  at: number;
  hit: boolean;
  costSavedUsd: string;
  latencySavedMs: number;
};

/** Where entries outlive the process. Nothing of it throws, and nothing but `load` and `forget` makes anyone wait. */
export interface CacheArchive {
  /** Queues an entry; `sealed`: its content is sealed like a secret. */
  save(entry: CacheEntry, sealed: boolean): void;
  /** Queues the removal of entries. */
  remove(entries: readonly CacheEntry[]): void;
  /** The entries of a role that have not expired, the least recently made first, and the pairs judged wrong. */
  load(shelf: Shelf, now: number): Promise<{ entries: CacheEntry[]; wrongPairs: string[] }>;
  /** Removes entries for good, what is queued included, and tells every replica. */
  forget(tenantId: string, which: ForgetFilter): Promise<void>;
  /** Leaves what is queued of a tenant unstored, null: of all. It was made before a purge that is only now heard of. */
  dropQueued(tenantId: string | null): void;
  /** Keeps a pair that must never match again. */
  keepWrongPair(shelf: Shelf, pair: string): Promise<void>;
  /** How many entries are stored that have not expired, by role; `roleId` null: of all roles. */
  sizes(tenantId: string, roleId: string | null): Promise<{ roleId: string; entries: number }[]>;
  count(tally: CacheTally): void;
  drain(): Promise<void>;
}

/** All that are given must hold; none given: everything of the tenant. */
export type ForgetFilter = {
  roleId?: string;
  entryId?: string;
  matches?: (entry: Pick<CacheEntry, 'question' | 'target' | 'requestedModel'>) => boolean;
};

/** Keeps nothing beyond the process. */
export const noArchive: CacheArchive = {
  save: () => undefined,
  remove: () => undefined,
  load: () => Promise.resolve({ entries: [], wrongPairs: [] }),
  forget: () => Promise.resolve(),
  dropQueued: () => undefined,
  keepWrongPair: () => Promise.resolve(),
  sizes: () => Promise.resolve([]),
  count: () => undefined,
  drain: () => Promise.resolve(),
};
