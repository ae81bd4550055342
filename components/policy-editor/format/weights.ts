/** Whole percentages that sum to exactly 100; the first ones get what does not divide evenly. */
export function evenOut(keys: readonly string[]): Record<string, number> {
  const share = Math.floor(100 / Math.max(1, keys.length));
  const rest = 100 - share * keys.length;
  return Object.fromEntries(keys.map((key, index) => [key, share + (index < rest ? 1 : 0)]));
}

/** Sum of weights; what is no number counts as nothing. */
export function sumOf(weights: Readonly<Record<string, number>>): number {
  return Object.values(weights).reduce((sum, weight) => sum + (weight || 0), 0);
}

/** The record without one key. */
export function withoutKey<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}
