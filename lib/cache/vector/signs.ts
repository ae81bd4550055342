/**
 * The signs of a vector's coordinates, a bit each: how many differ between two vectors tells the angle
 * between them (Charikar, 2002).
 */

/** Coordinates of a vector. */
export const BITS = 384;
/** Words of 32 signs. */
export const WORDS = BITS / 32;

/** Standard deviations that a near neighbour's count of differing signs may lie above what is expected. */
const MARGIN = 4;

/** Writes the signs of `values` into twelve words: bit set, coordinate positive. */
export function writeSigns(values: Float32Array | Int8Array, into: Int32Array): void {
  for (let word = 0; word < WORDS; word++) {
    const from = word * 32;
    let signs = 0;
    for (let bit = 0; bit < 32; bit++) {
      signs |= Number((values[from + bit] as number) > 0) << bit;
    }
    into[word] = signs;
  }
}

/** Share of its signs that two vectors of a cosine are expected to differ in: angle / π. */
export const shareAt = (cosine: number): number =>
  Math.acos(Math.min(1, Math.max(-1, cosine))) / Math.PI;

/** How many of `bits` signs may differ where a `share` of them is expected to. */
export function mostDiffering(share: number, bits: number): number {
  return Math.floor(bits * share + MARGIN * Math.sqrt(bits * share * (1 - share)) + 2);
}

/**
 * Bits set in three words: a carry-save adder makes two of them, whose counts are then added in
 * parallel (Warren, Hacker's Delight, 5-1).
 */
export function bitsInThree(a: number, b: number, c: number): number {
  const either = a ^ b;
  let ones = either ^ c;
  let twos = (a & b) | (either & c);
  ones -= (ones >>> 1) & 0x55555555;
  twos -= (twos >>> 1) & 0x55555555;
  ones = (ones & 0x33333333) + ((ones >>> 2) & 0x33333333);
  twos = (twos & 0x33333333) + ((twos >>> 2) & 0x33333333);
  // At most 4 + 2 × 4 in four bits.
  const sum = ones + (twos << 1);
  return Math.imul((sum & 0x0f0f0f0f) + ((sum >>> 4) & 0x0f0f0f0f), 0x01010101) >>> 24;
}
