import type { Encoder } from '@/lib/encoder/encoder';
import { similarityOf } from '@/lib/encoder/similarity';
import { isComparable } from './keys';
import { pairSimilarity } from './pair-similarity';
import { explainPair, readSentence, type CheckVerdict } from './veto/judge';
import { wordingOf } from './wording';

/** What the cache makes of two questions, to be shown. */
export type PairReport = {
  /** Null when the encoder did not answer. */
  cosine: number | null;
  /** What `similarityThreshold` is compared with; 0 when a check objects. */
  similarity: number;
  /** Both are short enough and in the language that the encoder knows. */
  comparable: boolean;
  checks: CheckVerdict[];
};

/** Nobody waits on the hot path for this, but the encoder may be starting. */
const BUDGET_MS = 5000;

/** Judges two questions as a look-up would; the threshold is the reader's. */
export async function reportPair(
  encoder: Pick<Encoder, 'encode'>,
  a: string,
  b: string,
): Promise<PairReport> {
  const [left, right] = await Promise.all(
    [a, b].map((text) => encoder.encode(wordingOf(text), { budgetMs: BUDGET_MS })),
  );
  const cosine = left && right ? similarityOf(left, right) : null;
  const comparable = isComparable(a) && isComparable(b);
  const isJudged = cosine !== null && comparable;
  return {
    cosine,
    similarity: isJudged ? pairSimilarity(cosine, readSentence(a), readSentence(b)) : 0,
    comparable,
    checks: explainPair(a, b),
  };
}
