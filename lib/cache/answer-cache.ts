import { randomUUID } from 'node:crypto';
import type { Encoder } from '@/lib/encoder/encoder';
import type {
  AnswerCache,
  CachedAnswer,
  CacheKeeper,
  CacheLookup,
  CacheMiss,
  CacheRequest,
} from '@/lib/gateway/ports';
import type { GatewayLog } from '@/lib/gateway/deps';
import { admit } from './admission';
import type { CacheArchive, ForgetFilter } from './archive';
import { decodeAnswer, encodeAnswer, type CacheEntry, type Shelf } from './entry';
import { keysOf, type CacheKeys } from './keys';
import { SemanticMatcher, type SemanticMatch } from './semantic';
import { Shelves } from './shelves';
import { SingleFlight, type FlightEnd } from './single-flight';
import { whyNotStored } from './storable';
import { isUsable } from './usable';
import { packVector } from './vector/pack';

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

type Hit = {
  status: 'hit-exact' | 'hit-semantic';
  entry: CacheEntry;
  similarity: number;
  pair?: string;
};

/** Waiting for another's answer beyond this helps nobody when the policy bounds no attempt. */
const DEFAULT_WAIT_MS = 30_000;

/** Answers given again: to the same request, and to one that asks the same in other words. */
export class SemanticAnswerCache implements AnswerCache, CacheKeeper {
  private readonly shelves: Shelves;
  private readonly flights = new SingleFlight();
  private readonly matcher = new SemanticMatcher();
  /** Roles whose stored entries are here, or on their way. */
  private readonly loaded = new Map<string, { isDone: boolean; ready: Promise<void> }>();
  private readonly wrongPairs = new Map<string, Set<string>>();
  /** The policy and connections under which an entry was last found usable. */
  private readonly verified = new WeakMap<CacheEntry, readonly unknown[]>();

  constructor(private readonly options: AnswerCacheOptions) {
    this.shelves = new Shelves(options.maxBytes, (entry) => options.archive.remove([entry]));
  }

  async look(asked: CacheRequest): Promise<CacheLookup> {
    const admission = admit(asked);
    if (admission.kind !== 'use') return { status: admission.kind, reason: admission.reason };
    const startedMs = performance.now();
    const keys = keysOf(asked);
    await this.load(asked);
    if (!admission.read) return this.refresh(asked, keys);
    const hit = await this.find(asked, keys, admission.maxAgeSeconds);
    if (hit) return this.serve(asked, hit, startedMs);
    return this.miss(asked, keys, admission.maxAgeSeconds, startedMs);
  }

  size(tenantId: string, roleId: string | null): Promise<{ entries: number; bytes: number }> {
    return Promise.resolve(this.shelves.sizeOf(tenantId, roleId));
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
  async reject(
    shelf: Shelf,
    wrong: { entryId: string; pair?: string },
    at: { timezone: string; now: number },
  ) {
    await this.forget(shelf.tenantId, { roleId: shelf.roleId, entryId: wrong.entryId });
    const pair = wrong.pair ?? '';
    if (pair !== '') this.pairsOf(shelf).add(pair);
    await this.options.archive.keepWrongPair(shelf, pair, at);
  }

  /** Drops what memory holds of a tenant; what is stored is read again when it is needed. */
  reload(tenantId: string | null): void {
    for (const key of [...this.loaded.keys()]) {
      const [tenant = '', role = ''] = key.split('/');
      if (tenantId !== null && tenant !== tenantId) continue;
      this.loaded.delete(key);
      this.wrongPairs.delete(key);
      this.shelves.drop(tenant, role);
    }
  }

  get bytes(): number {
    return this.shelves.bytes;
  }

  private async find(
    asked: CacheRequest,
    keys: CacheKeys,
    maxAgeSeconds: number,
  ): Promise<Hit | null> {
    const shelf = shelfOf(asked);
    const { maxCacheSize, similarityThreshold: threshold } = asked.policy.cachingPolicy.policy;
    this.shelves.trim(shelf, maxCacheSize);
    const same = this.shelves.exact(shelf, keys.exactKey);
    if (same && this.mayServe(asked, same, maxAgeSeconds)) {
      return { status: 'hit-exact', entry: same, similarity: 1 };
    }
    if (!keys.comparable || threshold >= 1) return null;
    if (!this.shelves.vectors(shelf, keys.partition)) return null;
    const vector = await this.encode(keys.question, asked.signal);
    const index = this.shelves.vectors(shelf, keys.partition);
    if (!vector || !index) return null;
    const wrong = this.pairsOf(shelf);
    const permits = ({ entry, pair }: SemanticMatch) =>
      !wrong.has(pair) && this.mayServe(asked, entry, maxAgeSeconds);
    const match = this.matcher.find(keys.question, vector, index, threshold, permits);
    return match && { status: 'hit-semantic', ...match };
  }

  /** Fresh enough, and right under the policy of now; what has expired is forgotten. */
  private mayServe(asked: CacheRequest, entry: CacheEntry, maxAgeSeconds: number): boolean {
    const ageMs = asked.clock.now() - entry.createdAt;
    if (ageMs >= asked.policy.cachingPolicy.policy.ttlSeconds * 1000) {
      if (!asked.dryRun) this.discard(entry);
      return false;
    }
    if (ageMs > maxAgeSeconds * 1000) return false;
    const terms = [asked.policy, asked.principal.connections];
    const known = this.verified.get(entry);
    if (known && terms.every((term, index) => term === known[index])) return true;
    if (!isUsable(asked, entry)) return false;
    this.verified.set(entry, terms);
    return true;
  }

  private discard(entry: CacheEntry): void {
    this.shelves.remove(entry);
    this.options.archive.remove([entry]);
  }

  private serve(
    asked: CacheRequest,
    { status, entry, similarity, pair }: Hit,
    startedMs: number,
  ): CacheLookup {
    const answer = decodeAnswer(entry);
    const now = asked.clock.now();
    if (!asked.dryRun) {
      this.shelves.touch(entry);
      const { trackSavings } = asked.policy.cachingPolicy.policy;
      const savedMs = Math.max(0, answer.latencyMs - (performance.now() - startedMs));
      this.count(
        asked,
        true,
        trackSavings ? (answer.costUsd ?? '0') : '0',
        trackSavings ? savedMs : 0,
      );
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

  private async miss(
    asked: CacheRequest,
    keys: CacheKeys,
    maxAgeSeconds: number,
    startedMs: number,
  ): Promise<CacheLookup> {
    if (asked.dryRun) return idleMiss;
    const flight = `${shelfKey(shelfOf(asked))}/${keys.exactKey}`;
    const end = this.flights.lead(flight);
    if (end) return this.leads(asked, keys, end);
    const how = await this.flights.join(flight, waitOf(asked), asked.signal);
    const entry = how === 'landed' ? this.shelves.exact(shelfOf(asked), keys.exactKey) : undefined;
    if (entry && this.mayServe(asked, entry, maxAgeSeconds)) {
      return this.serve(asked, { status: 'hit-exact', entry, similarity: 1 }, startedMs);
    }
    // Whoever waited in vain goes alone: one more wait would only add up.
    return this.leads(asked, keys, () => undefined);
  }

  private leads(asked: CacheRequest, keys: CacheKeys, end: (how: FlightEnd) => void): CacheMiss {
    this.count(asked, false, '0', 0);
    return {
      status: 'miss',
      reason: 'no answer is kept',
      store: (answer) => end(this.store(asked, keys, answer) ? 'landed' : 'failed'),
      abandon: () => end('failed'),
    };
  }

  /** `no-cache`: what is kept is not read, and replaced. */
  private refresh(asked: CacheRequest, keys: CacheKeys): CacheMiss {
    return {
      status: 'bypass',
      reason: 'the request says no-cache',
      store: (answer) => void (!asked.dryRun && this.store(asked, keys, answer)),
      abandon: () => undefined,
    };
  }

  private store(asked: CacheRequest, keys: CacheKeys, answer: CachedAnswer): boolean {
    const { principal, policy, clock } = asked;
    if (whyNotStored(asked, answer) !== null) return false;
    const { ttlSeconds, maxCacheSize, similarityThreshold } = policy.cachingPolicy.policy;
    const entry: CacheEntry = {
      ...shelfOf(asked),
      id: randomUUID(),
      keyId: principal.key.id,
      partition: keys.partition,
      exactKey: keys.exactKey,
      question: keys.question.slice(0, QUESTION_KEPT),
      vector: null,
      target: answer.target,
      requestedModel: asked.request.model ?? 'auto',
      body: encodeAnswer(answer),
      createdAt: clock.now(),
      expiresAt: clock.now() + ttlSeconds * 1000,
    };
    if (!this.shelves.put(entry, maxCacheSize)) return false;
    const sealed = principal.tenant.logContent === 'none';
    if (!keys.comparable || similarityThreshold >= 1) this.options.archive.save(entry, sealed);
    else void this.addVector(entry, sealed, maxCacheSize);
    return true;
  }

  /** Nobody waits for it: until then the entry answers the same request only. */
  private async addVector(entry: CacheEntry, sealed: boolean, maxCacheSize: number) {
    const vector = await this.options.encoder.encode(entry.question, { budgetMs: STORE_BUDGET_MS });
    if (this.shelves.byId(entry, entry.id) !== entry) return;
    if (!vector) return this.options.archive.save(entry, sealed);
    const whole = { ...entry, vector: packVector(vector) };
    this.shelves.put(whole, maxCacheSize);
    this.options.archive.save(whole, sealed);
  }

  private encode(text: string, signal: AbortSignal): Promise<Float32Array | undefined> {
    const budgetMs = this.options.encodeBudgetMs ?? 25;
    return this.options.encoder.encode(text, { budgetMs, signal });
  }

  /** Fetches a role's stored entries at its first request; one that would wait too long goes on without. */
  private async load(asked: CacheRequest): Promise<void> {
    const shelf = shelfOf(asked);
    const key = shelfKey(shelf);
    let state = this.loaded.get(key);
    if (state?.isDone) return;
    if (!state) {
      const begun = { isDone: false, ready: Promise.resolve() };
      this.loaded.set(key, begun);
      begun.ready = this.fetch(shelf, asked, begun);
      state = begun;
    }
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.options.loadWaitMs ?? 500);
    });
    await Promise.race([state.ready, late]);
    clearTimeout(timer);
  }

  private async fetch(
    shelf: Shelf,
    { clock, policy }: CacheRequest,
    state: { isDone: boolean },
  ): Promise<void> {
    const isCurrent = () => this.loaded.get(shelfKey(shelf)) === state;
    try {
      const { entries, wrongPairs } = await this.options.archive.load(shelf, clock.now());
      // Read before a purge: some of it may be what was purged. The next request reads again.
      if (!isCurrent()) return;
      const { maxCacheSize } = policy.cachingPolicy.policy;
      for (const entry of entries) {
        // What was answered since is newer than what was stored.
        if (!this.shelves.exact(shelf, entry.exactKey)) this.shelves.put(entry, maxCacheSize);
      }
      for (const pair of wrongPairs) this.pairsOf(shelf).add(pair);
      state.isDone = true;
    } catch (error) {
      if (isCurrent()) this.loaded.delete(shelfKey(shelf));
      this.options.log.warn({ err: error, role: shelf.roleId }, 'stored answers could not be read');
    }
  }

  private pairsOf(shelf: Shelf): Set<string> {
    const key = shelfKey(shelf);
    const pairs = this.wrongPairs.get(key) ?? new Set<string>();
    this.wrongPairs.set(key, pairs);
    return pairs;
  }

  private count(
    asked: CacheRequest,
    hit: boolean,
    costSavedUsd: string,
    latencySavedMs: number,
  ): void {
    const { timezone } = asked.principal.tenant;
    const at = asked.clock.now();
    this.options.archive.count({
      ...shelfOf(asked),
      timezone,
      at,
      hit,
      costSavedUsd,
      latencySavedMs,
    });
  }
}

/** Enough to find an entry by a pattern; a question that is compared by meaning is shorter. */
const QUESTION_KEPT = 1000;

/** Entries are encoded after their answer has been sent: there is time, but not without end. */
const STORE_BUDGET_MS = 2000;

const idleMiss: CacheLookup = {
  status: 'miss',
  reason: 'no answer is kept',
  store: () => undefined,
  abandon: () => undefined,
};

const shelfOf = ({ principal }: CacheRequest): Shelf => ({
  tenantId: principal.tenant.id,
  roleId: principal.role.id,
});

const shelfKey = ({ tenantId, roleId }: Shelf): string => `${tenantId}/${roleId}`;

/** What the policy allows one attempt: an answer that takes longer is not worth waiting for. */
function waitOf({ policy }: CacheRequest): number {
  const { enabled, requestTimeoutMs } = policy.resiliencePolicy.policy;
  return enabled ? requestTimeoutMs : DEFAULT_WAIT_MS;
}
