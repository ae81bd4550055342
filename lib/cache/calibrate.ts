/**
 * From the encoder's cosine to the number that `similarityThreshold` is compared with: about the share
 * of right answers among pairs at least that alike. Read off the precision of the development pairs
 * (docs/cache.md has the table) and rounded to a few points by hand, with room left for other data.
 */
const POINTS: readonly (readonly [number, number])[] = [
  [-1, 0],
  [0.8, 0.82],
  [0.893, 0.9],
  [0.967, 0.95],
  [0.985, 0.98],
  [1, 1],
];

/** What a telling word that only one text has takes from the cosine. */
const SURPLUS_COST = 0.025;
/** What each agreeing word beyond the third adds, at most five of them: cosines of long texts fall sooner. */
const AGREEMENT_GAIN = 0.004;

/**
 * @param cosine of the two vectors, -1 to 1
 * @param words how many telling words agree, and how many only one of the texts has
 * @returns 0 to 1; it reaches 1 only where nothing differs
 */
export function calibrate(cosine: number, words: { agreeing: number; surplus: number }): number {
  const gain = AGREEMENT_GAIN * Math.min(5, Math.max(0, words.agreeing - 3));
  const seen = Math.min(cosine + gain, Math.max(cosine, 0.99)) - SURPLUS_COST * words.surplus;
  const above = POINTS.findIndex(([from]) => from >= seen);
  if (above <= 0) return above === 0 ? 0 : 1;
  const [[x0, y0] = [0, 0], [x1, y1] = [1, 1]] = [POINTS[above - 1], POINTS[above]];
  return y0 + ((y1 - y0) * (seen - x0)) / (x1 - x0);
}

/** The lowest cosine that can reach a threshold: the inverse of `calibrate` at its most generous. */
export function lowestCosine(threshold: number): number {
  const above = POINTS.findIndex(([, to]) => to >= threshold);
  if (above <= 0) return above === 0 ? -1 : 1;
  const [[x0, y0] = [0, 0], [x1, y1] = [1, 1]] = [POINTS[above - 1], POINTS[above]];
  return x0 + ((x1 - x0) * (threshold - y0)) / (y1 - y0) - 5 * AGREEMENT_GAIN;
}
