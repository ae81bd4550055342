import { LRUCache } from '@/lib/encoder/lru-cache';
import { calibrate, lowestCosine } from './calibrate';
import { digest } from './canonical';
import type { CacheEntry } from './entry';
import { judgePair, readSentence, type Sentence } from './veto/judge';
import type { VectorIndex } from './vector/vector-index';

/** Neighbours that the vetoes look at; what is farther than these is hardly better. */
const MAX_NEIGHBOURS = 16;
const SENTENCES_KEPT = 4096;

export type SemanticMatch = { entry: CacheEntry; similarity: number; pair: string };

/** Names a pair of texts, in either order, without their words. */
export const pairOf = (a: string, b: string): string => digest([digest(a), digest(b)].sort());

/** Finds the entry whose question asks the same in other words. */
export class SemanticMatcher {
  private readonly sentences = new LRUCache<string, Sentence>(SENTENCES_KEPT);

  /**
   * The nearest entry that reaches `threshold` and no check objects to.
   * @param permits asked of a match before it is taken; the next one is tried when it says no
   */
  find(
    question: string,
    vector: Float32Array,
    index: VectorIndex<CacheEntry>,
    threshold: number,
    permits: (match: SemanticMatch) => boolean,
  ): SemanticMatch | null {
    const asked = readSentence(question);
    for (const { item, cosine } of index.nearest(vector, lowestCosine(threshold), MAX_NEIGHBOURS)) {
      const { veto, words } = judgePair(this.sentenceOf(item.question), asked);
      const similarity = veto ? 0 : calibrate(cosine, words);
      if (similarity < threshold || similarity === 0) continue;
      const match = { entry: item, similarity, pair: pairOf(item.question, question) };
      if (permits(match)) return match;
    }
    return null;
  }

  private sentenceOf(question: string): Sentence {
    const known = this.sentences.get(question);
    if (known) return known;
    const sentence = readSentence(question);
    this.sentences.set(question, sentence);
    return sentence;
  }
}
