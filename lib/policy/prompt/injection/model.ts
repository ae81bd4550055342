import type { Evidence } from './evidence';
import { ngramBuckets, NGRAM_BUCKETS } from './ngrams';

/** A linear model of evidence and wording; see `scripts/eval/injection/train.ts`. */
export type LinearModel = {
  bias: number;
  /** One weight for each feature, in the order of `FEATURES`. */
  evidence: ArrayLike<number>;
  /** One weight for each bucket, to be multiplied with `ngramUnit`. */
  ngrams: ArrayLike<number>;
  ngramUnit: number;
};

/** How far wording alone may carry the score, in logits: evidence decides, wording tips. */
const WORDING_LIMIT = 4;

/** Log-odds that a window of text is an attack. */
export function logitOf(
  model: LinearModel,
  evidence: Evidence,
  wording: number = wordingLogit(model, evidence.folded),
): number {
  return model.bias + evidenceLogit(model, evidence.values) + wording;
}

export function evidenceLogit(model: LinearModel, values: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++)
    sum += (values[index] ?? 0) * (model.evidence[index] ?? 0);
  return sum;
}

/** What the words and pieces of words say by themselves, within bounds. */
export function wordingLogit(model: LinearModel, folded: string): number {
  return boundedWording(wordingSum(model, ngramBuckets(folded)));
}

export function boundedWording(sum: number): number {
  return Math.max(-WORDING_LIMIT, Math.min(WORDING_LIMIT, sum));
}

/** The mean weight of the n-grams, scaled by the root of their number, so that length alone says nothing. */
export function wordingSum(model: LinearModel, buckets: readonly number[]): number {
  let sum = 0;
  for (const bucket of buckets) sum += model.ngrams[bucket] ?? 0;
  return (sum * model.ngramUnit) / Math.sqrt(buckets.length + 1);
}

/** @throws when the weights do not belong to this version of the detector. */
export function readNgrams(base64: string): Int8Array {
  const bytes = Int8Array.from(atob(base64), (char) => (char.charCodeAt(0) << 24) >> 24);
  if (bytes.length !== NGRAM_BUCKETS)
    throw new Error(
      `The injection detector has ${bytes.length} n-gram weights, not ${NGRAM_BUCKETS}: run scripts/eval/injection/train.ts.`,
    );
  return bytes;
}
