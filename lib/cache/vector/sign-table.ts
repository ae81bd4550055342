import { BITS, bitsInThree, mostDiffering, shareAt, WORDS, writeSigns } from './signs';

/** Words compared first, and second. Most rows differ so much in the first that nothing else is looked at. */
const PART = 3;
const PART_BITS = PART * 32;
/** Words compared last. */
const REST = WORDS - 2 * PART;

/** Where thousands are alike, as with a form letter, the nearest do. */
const NEAREST = 256;
const FOUND = 2 * NEAREST;

/** What a scan finds. One scan runs at a time, so all tables share it. */
const rowsFound = new Int32Array(FOUND);
const differingFound = new Int32Array(FOUND);
const histogram = new Int32Array(BITS + 1);

/**
 * Signs of many vectors, a row each. Words that are compared together lie together, so that a scan reads little
 * memory and that in order: what is far from the processor takes longer to fetch than to compare.
 */
export class SignTable {
  private heads = new Int32Array(16 * PART);
  private middles = new Int32Array(16 * PART);
  private rests = new Int32Array(16 * REST);
  private readonly query = new Int32Array(WORDS);

  set(row: number, values: Int8Array): void {
    const { query } = this;
    if ((row + 1) * PART > this.heads.length) this.grow();
    writeSigns(values, query);
    this.heads.set(query.subarray(0, PART), row * PART);
    this.middles.set(query.subarray(PART, 2 * PART), row * PART);
    this.rests.set(query.subarray(2 * PART), row * REST);
  }

  /** Overwrites a row with another. */
  copy(from: number, to: number): void {
    this.heads.copyWithin(to * PART, from * PART, (from + 1) * PART);
    this.middles.copyWithin(to * PART, from * PART, (from + 1) * PART);
    this.rests.copyWithin(to * REST, from * REST, (from + 1) * REST);
  }

  /**
   * Of the first `rows` those whose signs differ no more than a neighbour's may at `cosine`.
   * @returns at most `NEAREST` rows, those that differ least, in no order; overwritten by the next call
   */
  alike(vector: Float32Array, cosine: number, rows: number): Int32Array {
    const { heads, middles, rests, query } = this;
    writeSigns(vector, query);
    const share = shareAt(cosine);
    let mostInHead = mostDiffering(share, PART_BITS);
    let mostInHalf = mostDiffering(share, 2 * PART_BITS);
    let most = mostDiffering(share, BITS);
    const [q0, q1, q2] = [query[0] as number, query[1] as number, query[2] as number];
    let found = 0;
    for (let row = 0, at = 0; row < rows; row++, at += PART) {
      const inHead = bitsInThree(
        (heads[at] as number) ^ q0,
        (heads[at + 1] as number) ^ q1,
        (heads[at + 2] as number) ^ q2,
      );
      if (inHead > mostInHead) continue;
      const inHalf = inHead + differingIn(middles, at, query, PART);
      if (inHalf > mostInHalf) continue;
      const differing =
        inHalf +
        differingIn(rests, row * REST, query, 2 * PART) +
        differingIn(rests, row * REST + PART, query, 3 * PART);
      if (differing > most) continue;
      rowsFound[found] = row;
      differingFound[found] = differing;
      found += 1;
      if (found < FOUND) continue;
      // What is farther than enough others need not even be counted to its end.
      most = keepNearest(found) - 1;
      const left = Math.max(0, most) / BITS;
      mostInHead = Math.min(mostInHead, mostDiffering(left, PART_BITS));
      mostInHalf = Math.min(mostInHalf, mostDiffering(left, 2 * PART_BITS));
      found = NEAREST;
    }
    if (found > NEAREST) keepNearest(found);
    return rowsFound.subarray(0, Math.min(found, NEAREST));
  }

  private grow(): void {
    const rows = Math.ceil((this.heads.length / PART) * 1.5);
    const grown = (words: Int32Array, ofRow: number) => {
      const larger = new Int32Array(rows * ofRow);
      larger.set(words);
      return larger;
    };
    this.heads = grown(this.heads, PART);
    this.middles = grown(this.middles, PART);
    this.rests = grown(this.rests, REST);
  }
}

/** How many signs differ between the three words of a row that begin at `at` and those of a query at `word`. */
function differingIn(words: Int32Array, at: number, query: Int32Array, word: number): number {
  return bitsInThree(
    (words[at] as number) ^ (query[word] as number),
    (words[at + 1] as number) ^ (query[word + 1] as number),
    (words[at + 2] as number) ^ (query[word + 2] as number),
  );
}

/** Moves the nearest of what was found to the front, and returns how much the farthest of them differs. */
function keepNearest(found: number): number {
  histogram.fill(0);
  for (let at = 0; at < found; at++) {
    const differing = differingFound[at] as number;
    histogram[differing] = (histogram[differing] as number) + 1;
  }
  let farthest = 0;
  let nearer = 0;
  while (nearer + (histogram[farthest] as number) < NEAREST) {
    nearer += histogram[farthest] as number;
    farthest += 1;
  }
  let ties = NEAREST - nearer;
  let kept = 0;
  for (let at = 0; at < found; at++) {
    const differing = differingFound[at] as number;
    if (differing > farthest || (differing === farthest && ties-- <= 0)) continue;
    rowsFound[kept] = rowsFound[at] as number;
    differingFound[kept] = differing;
    kept += 1;
  }
  return farthest;
}
