import type { Encoder } from '@/lib/encoder/encoder';
import type { CacheRequest } from '@/lib/gateway/ports';
import type { CacheEntry, Shelf } from './entry';
import { Fitness } from './fitness';
import type { CacheKeys } from './keys';
import { SemanticMatcher, type SemanticMatch } from './semantic';
import type { Shelves } from './shelves';
import type { StoredAnswers } from './stored-answers';
import { wordingOf } from './wording';

/** What one look-up goes by. */
export type Look = {
  asked: CacheRequest;
  shelf: Shelf;
  keys: CacheKeys;
  /** The oldest answer the client takes. */
  maxAgeSeconds: number;
  startedMs: number;
  /** Of the tenant's entries, when the look-up began. */
  epoch: string;
};

export type Hit = {
  status: 'hit-exact' | 'hit-semantic';
  entry: CacheEntry;
  similarity: number;
  pair?: string;
};

export type AnswerFinderOptions = {
  encoder: Pick<Encoder, 'encode'>;
  /** How long a look-up waits for the encoder, milliseconds. */
  budgetMs: number;
  shelves: Shelves;
  stored: Pick<StoredAnswers, 'isRead' | 'isShelving' | 'isWrongPair'>;
  onExpired: (entry: CacheEntry) => void;
};

/** Finds the entry that may answer a request: of the same request, else of one that asks the same in other words. */
export class AnswerFinder {
  private readonly matcher = new SemanticMatcher();
  private readonly fitness: Fitness;

  constructor(private readonly options: AnswerFinderOptions) {
    this.fitness = new Fitness(options.onExpired);
  }

  async find(look: Look): Promise<Hit | null> {
    const { asked, shelf, keys } = look;
    const { shelves, stored } = this.options;
    if (!asked.dryRun && !stored.isShelving(shelf)) {
      shelves.trim(shelf, asked.policy.cachingPolicy.policy.maxCacheSize);
    }
    const same = shelves.exact(shelf, keys.exactKey);
    if (same && this.mayServe(look, same)) {
      return { status: 'hit-exact', entry: same, similarity: 1 };
    }
    return this.findAlike(look);
  }

  /** Fresh enough, and right under the policy of now. */
  mayServe({ asked, maxAgeSeconds }: Look, entry: CacheEntry): boolean {
    return this.fitness.mayServe(asked, entry, maxAgeSeconds);
  }

  private async findAlike(look: Look): Promise<Hit | null> {
    const { asked, shelf, keys } = look;
    const { encoder, budgetMs, shelves, stored } = this.options;
    const { similarityThreshold: threshold } = asked.policy.cachingPolicy.policy;
    if (!keys.comparable || threshold >= 1) return null;
    // Not before the pairs that must not match are known.
    if (!stored.isRead(shelf) || !shelves.vectors(shelf, keys.partition)) return null;
    const vector = await encoder.encode(wordingOf(keys.question), {
      budgetMs,
      signal: asked.signal,
    });
    const index = shelves.vectors(shelf, keys.partition);
    if (!vector || !index || !stored.isRead(shelf)) return null;
    const permits = ({ entry, pair }: SemanticMatch) =>
      !stored.isWrongPair(shelf, pair) && this.mayServe(look, entry);
    const match = this.matcher.find(keys.question, vector, index, threshold, permits);
    return match && { status: 'hit-semantic', ...match };
  }
}
