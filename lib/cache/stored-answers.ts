import { setImmediate } from 'node:timers/promises';
import type { GatewayLog } from '@/lib/gateway/deps';
import type { CacheArchive } from './archive';
import { shelfKey, type CacheEntry, type Shelf } from './entry';
import type { Shelves } from './shelves';

export type StoredAnswersOptions = {
  archive: Pick<CacheArchive, 'load'>;
  shelves: Shelves;
  log: Pick<GatewayLog, 'warn'>;
  /** How long a request waits for its role to be read, milliseconds. */
  waitMs: number;
};

/** A role that is being read, or was. */
type Reading = {
  state: 'reading' | 'shelving' | 'done';
  ended: Promise<void>;
  wrongPairs: Set<string>;
};

/** Entries that are put on their shelf before others get a turn: a large role must not hold up requests. */
const AT_A_TIME = 500;

/** Brings what is stored of a role into memory when the role is first asked for. */
export class StoredAnswers {
  private readonly readings = new Map<string, Reading>();
  private readonly drops = new Map<string, number>();
  private dropsOfAll = 0;

  constructor(private readonly options: StoredAnswersOptions) {}

  /** Resolves when a role has been read, has proved unreadable, or the wait is over. */
  async ready(shelf: Shelf, now: number): Promise<void> {
    const known = this.readings.get(shelfKey(shelf));
    if (known?.state === 'done') return;
    const { ended } = known ?? this.begin(shelf, now);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.options.waitMs);
    });
    await Promise.race([ended, late]);
    clearTimeout(timer);
  }

  /** Whether all that is stored of a role is here, the pairs that must not match included. */
  isRead(shelf: Shelf): boolean {
    return this.readings.get(shelfKey(shelf))?.state === 'done';
  }

  /** Whether entries are just being put on a shelf, the oldest first: until then its order of use is not right. */
  isShelving(shelf: Shelf): boolean {
    return this.readings.get(shelfKey(shelf))?.state === 'shelving';
  }

  isWrongPair(shelf: Shelf, pair: string): boolean {
    return this.readings.get(shelfKey(shelf))?.wrongPairs.has(pair) === true;
  }

  addWrongPair(shelf: Shelf, pair: string): void {
    this.readings.get(shelfKey(shelf))?.wrongPairs.add(pair);
  }

  /** Drops what memory holds of a tenant, null: of all. It is read again when it is asked for. */
  drop(tenantId: string | null): void {
    if (tenantId === null) this.dropsOfAll += 1;
    else this.drops.set(tenantId, (this.drops.get(tenantId) ?? 0) + 1);
    for (const key of [...this.readings.keys()]) {
      if (tenantId === null || key.startsWith(shelfKey({ tenantId, roleId: '' }))) {
        this.readings.delete(key);
      }
    }
    this.options.shelves.drop(tenantId);
  }

  /** Differs from what it was before exactly when a tenant's entries were dropped in between. */
  epochOf(tenantId: string): string {
    return `${this.dropsOfAll}.${this.drops.get(tenantId) ?? 0}`;
  }

  private begin(shelf: Shelf, now: number): Reading {
    const reading: Reading = {
      state: 'reading',
      ended: Promise.resolve(),
      wrongPairs: new Set(),
    };
    this.readings.set(shelfKey(shelf), reading);
    reading.ended = this.read(shelf, now, reading);
    return reading;
  }

  private async read(shelf: Shelf, now: number, reading: Reading): Promise<void> {
    const isCurrent = () => this.readings.get(shelfKey(shelf)) === reading;
    try {
      const { entries, wrongPairs } = await this.options.archive.load(shelf, now);
      for (const pair of wrongPairs) reading.wrongPairs.add(pair);
      reading.state = 'shelving';
      // Read before a purge: some of it may be what was purged. The next request reads again.
      if (await this.shelve(shelf, entries, isCurrent)) reading.state = 'done';
    } catch (error) {
      if (isCurrent()) this.readings.delete(shelfKey(shelf));
      this.options.log.warn({ err: error, role: shelf.roleId }, 'stored answers could not be read');
    }
  }

  /** Puts entries before those that were made while they were read. False: called off on the way. */
  private async shelve(
    shelf: Shelf,
    entries: readonly CacheEntry[],
    isCurrent: () => boolean,
  ): Promise<boolean> {
    const { shelves } = this.options;
    const stored = new Set<string>();
    for (const [index, entry] of entries.entries()) {
      if (index > 0 && index % AT_A_TIME === 0) await setImmediate();
      if (!isCurrent()) return false;
      // What was answered since is newer than what was stored.
      if (shelves.exact(shelf, entry.exactKey)) continue;
      shelves.put(entry, Infinity);
      stored.add(entry.id);
    }
    if (!isCurrent()) return false;
    for (const entry of shelves.list(shelf.tenantId, shelf.roleId)) {
      if (!stored.has(entry.id)) shelves.touch(entry);
    }
    return true;
  }
}
