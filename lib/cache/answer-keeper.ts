import { randomUUID } from 'node:crypto';
import type { Encoder } from '@/lib/encoder/encoder';
import type { CachedAnswer, CacheRequest } from '@/lib/gateway/ports';
import type { CacheArchive } from './archive';
import { encodeAnswer, shelfOf, type CacheEntry } from './entry';
import type { CacheKeys } from './keys';
import type { Shelves } from './shelves';
import { whyNotStored } from './storable';
import { packVector } from './vector/pack';
import { wordingOf } from './wording';

export type AnswerKeeperOptions = {
  encoder: Pick<Encoder, 'encode'>;
  archive: Pick<CacheArchive, 'save'>;
  shelves: Shelves;
};

/** How an answer is kept: `maxEntries` is how many its role may have, `forget` says that it is for those who wait only. */
export type Keeping = { maxEntries: number; forget: boolean };

/** Enough to find an entry by a pattern; a question that is compared by meaning is shorter. */
const QUESTION_KEPT = 4000;

/** Entries are encoded after their answer has been sent: there is time, but not without end. */
const STORE_BUDGET_MS = 2000;

/** Makes entries of answers and puts them into memory and into the archive. */
export class AnswerKeeper {
  private readonly encoding = new Set<Promise<void>>();

  constructor(private readonly options: AnswerKeeperOptions) {}

  /** The entry, whether or not there was room to keep it; null when the answer must not be given to anyone again. */
  keep(
    asked: CacheRequest,
    keys: CacheKeys,
    answer: CachedAnswer,
    { maxEntries, forget }: Keeping,
  ): CacheEntry | null {
    if (whyNotStored(asked, answer) !== null) return null;
    const entry = entryOf(asked, keys, answer);
    if (forget || !this.options.shelves.put(entry, maxEntries)) return entry;
    const { principal, policy } = asked;
    const sealed = principal.tenant.logContent === 'none';
    if (!keys.comparable || policy.cachingPolicy.policy.similarityThreshold >= 1) {
      this.options.archive.save(entry, sealed);
      return entry;
    }
    const encoded = this.addVector(entry, keys.question, sealed, maxEntries);
    this.encoding.add(encoded);
    void encoded.finally(() => this.encoding.delete(encoded));
    return entry;
  }

  /** Resolves when every entry has its vector or will never have one. */
  async settled(): Promise<void> {
    await Promise.all(this.encoding);
  }

  /** Nobody waits for it: until then the entry answers the same request only. */
  private async addVector(
    entry: CacheEntry,
    question: string,
    sealed: boolean,
    maxEntries: number,
  ): Promise<void> {
    const { encoder, shelves, archive } = this.options;
    const vector = await encoder.encode(wordingOf(question), { budgetMs: STORE_BUDGET_MS });
    if (shelves.byId(entry, entry.id) !== entry) return;
    if (!vector) return archive.save(entry, sealed);
    const whole = { ...entry, vector: packVector(vector) };
    shelves.put(whole, maxEntries);
    archive.save(whole, sealed);
  }
}

function entryOf(asked: CacheRequest, keys: CacheKeys, answer: CachedAnswer): CacheEntry {
  const { principal, policy, request, clock } = asked;
  const now = clock.now();
  return {
    ...shelfOf(asked),
    id: randomUUID(),
    keyId: principal.key.id,
    partition: keys.partition,
    exactKey: keys.exactKey,
    question: keys.said.slice(0, QUESTION_KEPT),
    vector: null,
    target: answer.target,
    requestedModel: request.model ?? 'auto',
    body: encodeAnswer(answer),
    createdAt: now,
    expiresAt: now + policy.cachingPolicy.policy.ttlSeconds * 1000,
  };
}
