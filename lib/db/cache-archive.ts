import 'server-only';
import { setImmediate } from 'node:timers/promises';
import type { CacheArchive, CacheTally, ForgetFilter } from '@/lib/cache/archive';
import type { CacheEntry, Shelf } from '@/lib/cache/entry';
import { systemClock, type Clock } from '@/lib/gateway/types';
import { log } from '@/lib/log';
import {
  cacheRow,
  countCacheRows,
  entryOf,
  insertCacheRows,
  readCacheRows,
  type EntryPosition,
} from './cache-entries-repository';
import { CacheTallies } from './cache-tallies';
import { withSystemSql, withTenant, withTenantSql } from './client';

export type PostgresCacheArchiveOptions = {
  /** Says what has expired. */
  clock?: Clock;
  /** Longest time a new entry waits to be stored, milliseconds. */
  flushMs?: number;
  /** New entries beyond this are kept in memory only, and as many removals are forgotten, until the database has caught up. */
  maxQueued?: number;
};

export type CacheArchiveStats = { stored: number; dropped: number; corrupt: number };

/** Few, because a page is taken apart in one go while others wait. */
const PAGE_ROWS = 200;
/** Rows that are checked before others get a turn. */
const ROWS_AT_A_TIME = 50;
/** Entries of one statement. */
const BATCH_ROWS = 500;
const SWEEP_MS = 10 * 60_000;
/** After a write that failed: a database that is away is asked seldom. */
const RETRY_MS = 5_000;

/** Entries and statistics in PostgreSQL, written behind the requests in batches. */
export class PostgresCacheArchive implements CacheArchive {
  private readonly clock: Clock;
  private readonly flushMs: number;
  private readonly maxQueued: number;
  /** By role and request: the last answer of several is the one to keep. */
  private readonly saves = new Map<string, { entry: CacheEntry; sealed: boolean }>();
  private readonly removals = new Set<string>();
  private readonly tallies = new CacheTallies();
  private timer: NodeJS.Timeout | null = null;
  private flushing: Promise<void> = Promise.resolve();
  private sweptAt = 0;
  readonly stats: CacheArchiveStats = { stored: 0, dropped: 0, corrupt: 0 };

  constructor(options: PostgresCacheArchiveOptions = {}) {
    this.clock = options.clock ?? systemClock;
    this.flushMs = options.flushMs ?? 250;
    this.maxQueued = options.maxQueued ?? 10_000;
  }

  save(entry: CacheEntry, sealed: boolean): void {
    if (this.saves.size >= this.maxQueued) {
      this.stats.dropped += 1;
      return;
    }
    this.saves.set(keyOf(entry), { entry, sealed });
    this.schedule();
  }

  remove(entries: readonly CacheEntry[]): void {
    for (const entry of entries) {
      if (this.saves.get(keyOf(entry))?.entry.id === entry.id) this.saves.delete(keyOf(entry));
      // What is not removed is read again at worst, and had only expired or made room.
      if (this.removals.size < this.maxQueued) this.removals.add(entry.id);
    }
    this.schedule();
  }

  dropQueued(tenantId: string | null): void {
    for (const [key, { entry }] of this.saves) {
      if (tenantId !== null && entry.tenantId !== tenantId) continue;
      this.saves.delete(key);
      // It may just be being stored.
      this.removals.add(entry.id);
    }
    if (this.removals.size > 0) this.schedule();
  }

  async load(shelf: Shelf, now: number): ReturnType<CacheArchive['load']> {
    await this.flush();
    const entries: CacheEntry[] = [];
    const corrupt: string[] = [];
    let after: EntryPosition | null = null;
    for (;;) {
      const rows = await withTenantSql(shelf.tenantId, (sql) =>
        readCacheRows(sql, shelf, { now, after, limit: PAGE_ROWS }),
      );
      for (const [index, row] of rows.entries()) {
        if (index % ROWS_AT_A_TIME === 0) await setImmediate();
        try {
          entries.push(entryOf(shelf, row));
        } catch (error) {
          corrupt.push(row.id);
          log().warn(
            { err: error, entry: row.id },
            'a stored answer cannot be read and is dropped',
          );
        }
      }
      const last = rows.at(-1);
      if (!last || rows.length < PAGE_ROWS) break;
      after = { createdAt: last.created_at, id: last.id };
    }
    this.stats.corrupt += corrupt.length;
    for (const id of corrupt) this.removals.add(id);
    if (corrupt.length > 0) this.schedule();
    const wrongPairs = await withTenant(shelf.tenantId, (tx) =>
      tx.cacheWrongPair.findMany({ where: shelf, select: { pair: true } }),
    );
    return { entries: entries.reverse(), wrongPairs: wrongPairs.map(({ pair }) => pair) };
  }

  async forget(tenantId: string, { roleId, entryId, matches }: ForgetFilter): Promise<void> {
    await this.flush();
    const where = { tenantId, roleId, ...(entryId === undefined ? {} : { id: entryId }) };
    const ids = matches ? await this.idsOf(tenantId, roleId, entryId, matches) : null;
    await withTenant(tenantId, async (tx) => {
      await tx.cacheEntry.deleteMany({ where: ids ? { tenantId, id: { in: ids } } : where });
      const change = JSON.stringify({ tenantId, table: 'cache_purge' });
      await tx.$executeRaw`SELECT pg_notify('rolegate_changed', ${change})`;
    });
  }

  async keepWrongPair({ tenantId, roleId }: Shelf, pair: string): Promise<void> {
    // A role that has gone meanwhile has no pairs.
    await withTenant(
      tenantId,
      (tx) => tx.$executeRaw`
        INSERT INTO cache_wrong_pairs (tenant_id, role_id, pair)
        SELECT tenant_id, id, ${pair} FROM roles WHERE id = ${roleId}::uuid AND tenant_id = ${tenantId}::uuid
        ON CONFLICT DO NOTHING`,
    );
  }

  sizes(tenantId: string, roleId: string | null): Promise<{ roleId: string; entries: number }[]> {
    return withTenantSql(tenantId, (sql) =>
      countCacheRows(sql, { tenantId, roleId, now: this.clock.now() }),
    );
  }

  count(tally: CacheTally): void {
    this.tallies.add(tally);
    this.schedule();
  }

  async drain(): Promise<void> {
    this.unschedule();
    await this.flush();
    // What could not be written by now is not tried again.
    this.unschedule();
  }

  private unschedule(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private schedule(delayMs = this.flushMs): void {
    if (this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      void this.flush();
    }, delayMs);
  }

  /** One at a time, in order: what is removed after it was saved stays removed. Never rejects. */
  private flush(): Promise<void> {
    return (this.flushing = this.flushing.then(() => this.write()));
  }

  private async write(): Promise<void> {
    await this.attempt('stored answers', () => this.writeEntries());
    await this.attempt('the statistics of the cache', () => this.tallies.write());
  }

  /** What is kept here is worth a hit, not a failure: a database that is away is told of and tried again later. */
  private async attempt(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      log().warn({ err: error }, `${what} could not be written`);
      this.schedule(RETRY_MS);
    }
  }

  private async writeEntries(): Promise<void> {
    const batch = [...this.saves].slice(0, BATCH_ROWS);
    const removed = [...this.removals];
    const now = this.clock.now();
    const sweep = now - this.sweptAt > SWEEP_MS;
    if (batch.length === 0 && removed.length === 0) return;
    const rows = batch.map(([, { entry, sealed }]) => cacheRow(entry, sealed));
    const forget = () => {
      for (const [key, saved] of batch) if (this.saves.get(key) === saved) this.saves.delete(key);
    };
    await withSystemSql(async (sql) => {
      if (rows.length > 0) await insertCacheRows(sql, rows);
      await sql.query('DELETE FROM cache_entries WHERE id = ANY($1::uuid[])', [removed]);
      if (sweep) {
        await sql.query('DELETE FROM cache_entries WHERE expires_at < $1', [new Date(now)]);
      }
    }).catch((error: unknown) => {
      if (isHopeless(error)) {
        // Tried again it would fail again, and hold up whatever comes after it.
        this.stats.dropped += batch.length;
        forget();
      }
      throw error;
    });
    this.stats.stored += rows.length;
    if (sweep) this.sweptAt = now;
    forget();
    for (const id of removed) this.removals.delete(id);
    if (this.saves.size > 0) await this.writeEntries();
  }

  private async idsOf(
    tenantId: string,
    roleId: string | undefined,
    entryId: string | undefined,
    matches: NonNullable<ForgetFilter['matches']>,
  ): Promise<string[]> {
    const rows = await withTenant(tenantId, (tx) =>
      tx.cacheEntry.findMany({
        where: { tenantId, roleId, id: entryId },
        select: { roleId: true },
        distinct: ['roleId'],
      }),
    );
    const found: string[] = [];
    for (const row of rows) {
      const { entries } = await this.load({ tenantId, roleId: row.roleId }, 0);
      found.push(...entries.filter(matches).map(({ id }) => id));
    }
    return entryId === undefined ? found : found.filter((id) => id === entryId);
  }
}

/** Classes of SQLSTATE that say what was sent is at fault: data exception, integrity, program limit. */
const HOPELESS = ['22', '23', '54'];

function isHopeless(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return HOPELESS.includes(code.slice(0, 2));
}

const keyOf = ({ roleId, exactKey }: CacheEntry): string => `${roleId} ${exactKey}`;
