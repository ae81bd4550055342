/** Repeatable numbers in [0, 1): Park and Miller's generator. */
export function randomNumbers(seed: number): () => number {
  let state = seed * 7919 + 1;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}
