import { calibrate } from './calibrate';
import { judgePair, type Sentence } from './veto/judge';

/**
 * The number that `similarityThreshold` is compared with.
 * @param cosine of the vectors of the two questions' wordings (see `wordingOf`)
 * @returns 0 to 1; 0 when a check says that one answer will not do for both
 */
export function pairSimilarity(cosine: number, a: Sentence, b: Sentence): number {
  const { veto, words } = judgePair(a, b);
  return veto ? 0 : calibrate(cosine, words);
}
