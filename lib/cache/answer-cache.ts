import type { Encoder } from '@/lib/encoder/encoder';
import type {
  AnswerCache,
  CacheKeeper,
  CacheLookup,
  CacheMiss,
  CacheRequest,
} from '@/lib/gateway/ports';
import type { GatewayLog } from '@/lib/gateway/deps';
import { admit } from './admission';
import { AnswerFinder, type Hit, type Look } from './answer-finder';
import { AnswerKeeper } from './answer-keeper';
import type { CacheArchive, ForgetFilter } from './archive';
import { decodeAnswer, shelfOf, type CacheEntry, type Shelf } from './entry';
import { Followers } from './followers';
import { keysOf } from './keys';
import { Shelves } from './shelves';
import { StoredAnswers } from './stored-answers';

export type AnswerCacheOptions = {
  encoder: Pick<Encoder, 'encode'>;
  archive: CacheArchive;
  log: Pick<GatewayLog, 'warn'>;
  /** Memory of all entries together. */
  maxBytes: number;
  /** How long a look-up waits for the encoder, milliseconds. */
  encodeBudgetMs?: number;
  /** How long a look-up waits for a role's stored entries when they are first needed, milliseconds. */
  loadWaitMs?: number;
};

/** Answers given again: to the same request, and to one that asks the same in other words. */
export class SemanticAnswerCache implements AnswerCache, CacheKeeper {
  private readonly shelves: Shelves;
  private readonly stored: StoredAnswers;
  private readonly keeper: AnswerKeeper;
  private readonly followers = new Followers();
  private readonly finder: AnswerFinder;

  constructor(private readonly options: AnswerCacheOptions) {
    const { archive, encoder, log, maxBytes } = options;
    const { encodeBudgetMs: budgetMs = 25, loadWaitMs: waitMs = 500 } = options;
    const shelves = (this.shelves = new Shelves(maxBytes, (entry) => archive.remove([entry])));
    this.stored = new StoredAnswers({ archive, shelves, log, waitMs });
    this.keeper = new AnswerKeeper({ archive, shelves, encoder });
    this.finder = new AnswerFinder({
      encoder,
      budgetMs,
      shelves,
      stored: this.stored,
      onExpired: (entry) => {
        shelves.remove(entry);
        archive.remove([entry]);
      },
    });
  }

  async look(asked: CacheRequest): Promise<CacheLookup> {
    const admission = admit(asked);
    if (admission.kind !== 'use') return { status: admission.kind, reason: admission.reason };
    const shelf = shelfOf(asked);
    const { maxAgeSeconds } = admission;
    const epoch = this.stored.epochOf(shelf.tenantId);
    const startedMs = performance.now();
    const look: Look = { asked, shelf, keys: keysOf(asked), maxAgeSeconds, startedMs, epoch };
    await this.stored.ready(shelf, asked.clock.now());
    if (!admission.read) return this.refresh(look);
    const hit = await this.finder.find(look);
    return hit ? this.serve(look, hit) : this.miss(look);
  }

  /** Entries that there are, stored ones of roles that were not asked for yet included, and the memory they take. */
  async size(tenantId: string, roleId: string | null): Promise<{ entries: number; bytes: number }> {
    const { entries, bytes } = this.shelves.sizeOf(tenantId, roleId);
    if (roleId !== null && this.stored.isRead({ tenantId, roleId })) return { entries, bytes };
    const unread = (await this.options.archive.sizes(tenantId, roleId)).filter(
      (stored) => !this.stored.isRead({ tenantId, roleId: stored.roleId }),
    );
    const missing = unread.map((stored) =>
      Math.max(0, stored.entries - this.shelves.sizeOf(tenantId, stored.roleId).entries),
    );
    return { entries: missing.reduce((sum, count) => sum + count, entries), bytes };
  }

  clear(tenantId: string, roleId: string | null): Promise<void> {
    return this.forget(tenantId, roleId === null ? {} : { roleId });
  }

  async forget(tenantId: string, which: ForgetFilter): Promise<void> {
    for (const entry of this.shelves.list(tenantId, which.roleId ?? null)) {
      if (which.entryId !== undefined && which.entryId !== entry.id) continue;
      if (which.matches && !which.matches(entry)) continue;
      this.shelves.remove(entry);
    }
    await this.options.archive.forget(tenantId, which);
  }

  /** The answer was wrong: the entry goes, and the two questions never match again. */
  async reject(shelf: Shelf, wrong: { entryId: string; pair?: string }): Promise<void> {
    const { pair, entryId } = wrong;
    if (pair !== undefined) {
      this.stored.addWrongPair(shelf, pair);
      // Before the purge is announced: whoever hears of it reads the pairs anew.
      await this.options.archive.keepWrongPair(shelf, pair);
    }
    await this.forget(shelf.tenantId, { roleId: shelf.roleId, entryId });
  }

  /** Drops what memory holds of a tenant, null: of all; what is stored is read again when it is needed. */
  reload(tenantId: string | null): void {
    this.options.archive.dropQueued(tenantId);
    this.stored.drop(tenantId);
  }

  /** Resolves when every answer so far has gone to the archive. */
  settled(): Promise<void> {
    return this.keeper.settled();
  }

  get bytes(): number {
    return this.shelves.bytes;
  }

  private serve(look: Look, { status, entry, similarity, pair }: Hit): CacheLookup {
    const { asked } = look;
    const answer = decodeAnswer(entry);
    const now = asked.clock.now();
    if (!asked.dryRun) {
      this.shelves.touch(entry);
      const savedMs = Math.max(0, answer.latencyMs - (performance.now() - look.startedMs));
      this.count(look, { costSavedUsd: answer.costUsd ?? '0', latencySavedMs: savedMs });
    }
    const completion = {
      ...answer.completion,
      id: `chatcmpl-${asked.requestId}`,
      created: Math.floor(now / 1000),
    };
    return {
      status,
      reason: status === 'hit-exact' ? 'the same request' : `alike: ${similarity.toFixed(4)}`,
      answer: { ...answer, completion },
      similarity,
      ageSeconds: Math.max(0, (now - entry.createdAt) / 1000),
      entryId: entry.id,
      ...(pair === undefined ? {} : { pair }),
    };
  }

  private async miss(look: Look): Promise<CacheLookup> {
    const { asked, shelf, keys } = look;
    if (asked.dryRun) return idleMiss;
    const place = await this.followers.place(asked, shelf, keys.exactKey);
    if (place.kind === 'leads') return this.leads(look, place.end);
    const { entry } = place;
    if (entry && this.finder.mayServe(look, entry)) {
      return this.serve(look, { status: 'hit-exact', entry, similarity: 1 });
    }
    if (asked.signal.aborted) return idleMiss;
    // Whoever waited in vain goes alone: one more wait would only add up.
    return this.leads(look, () => undefined);
  }

  private leads(look: Look, end: (entry: CacheEntry | null) => void): CacheMiss {
    this.count(look, null);
    return {
      status: 'miss',
      reason: 'no answer is kept',
      store: (answer) => end(this.keeper.keep(look.asked, look.keys, answer, this.keepingOf(look))),
      abandon: () => end(null),
    };
  }

  /** `no-cache`: what is kept is not read, and replaced. */
  private refresh(look: Look): CacheMiss {
    const { asked, keys } = look;
    return {
      status: 'bypass',
      reason: 'the request says no-cache',
      store: (answer) => {
        if (!asked.dryRun) this.keeper.keep(asked, keys, answer, this.keepingOf(look));
      },
      abandon: () => undefined,
    };
  }

  /** What was dropped while the answer was under way is not put back: its key may be what has gone. */
  private keepingOf({ asked, shelf, epoch }: Look) {
    const { maxCacheSize } = asked.policy.cachingPolicy.policy;
    return {
      maxEntries: this.stored.isShelving(shelf) ? Infinity : maxCacheSize,
      forget: this.stored.epochOf(shelf.tenantId) !== epoch,
    };
  }

  /** @param saved what a hit saved; null: it is a miss */
  private count(
    { asked, shelf }: Look,
    saved: { costSavedUsd: string; latencySavedMs: number } | null,
  ): void {
    const { trackSavings } = asked.policy.cachingPolicy.policy;
    const { timezone } = asked.principal.tenant;
    const savings = saved && trackSavings ? saved : { costSavedUsd: '0', latencySavedMs: 0 };
    const at = asked.clock.now();
    this.options.archive.count({ ...shelf, timezone, at, hit: saved !== null, ...savings });
  }
}

const idleMiss: CacheLookup = {
  status: 'miss',
  reason: 'no answer is kept',
  store: () => undefined,
  abandon: () => undefined,
};
