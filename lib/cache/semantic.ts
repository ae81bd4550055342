import { calibrate, lowestCosine } from './calibrate';
import { digest } from './canonical';
import type { CacheEntry } from './entry';
import { pairSimilarity } from './pair-similarity';
import { RecentSentences } from './recent-sentences';
import { readSentence } from './veto/judge';
import type { VectorIndex } from './vector/vector-index';

/** Neighbours that the vetoes look at; what is farther than these is hardly better. */
const MAX_NEIGHBOURS = 16;

export type SemanticMatch = { entry: CacheEntry; similarity: number; pair: string };

/** Names a pair of texts, in either order, without their words. */
export const pairOf = (a: string, b: string): string => digest([digest(a), digest(b)].sort());

/** Finds the entry whose question asks the same in other words. */
export class SemanticMatcher {
  private readonly sentences = new RecentSentences();

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
    const near = index.nearest(vector, lowestCosine(threshold), MAX_NEIGHBOURS);
    if (near.length === 0) return null;
    const asked = readSentence(question);
    // No pair has more in common than all that was asked: a cosine too low for that needs no judging.
    const allOfIt = { agreeing: asked.content.length, surplus: 0 };
    for (const { item, cosine } of near) {
      if (calibrate(cosine, allOfIt) < threshold) return null;
      const similarity = pairSimilarity(cosine, this.sentences.of(item), asked);
      if (similarity < threshold || similarity === 0) continue;
      const match = { entry: item, similarity, pair: pairOf(item.question, question) };
      if (permits(match)) return match;
    }
    return null;
  }
}
