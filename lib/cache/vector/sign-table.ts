import { BITS, bitsInThree, mostDiffering, shareAt, WORDS, writeSigns } from './signs';

/** Words that are compared first. Most rows differ so much in these that the rest is not looked at. */
const HEAD = 3;
const HEAD_BITS = HEAD * 32;
const REST = WORDS - HEAD;

/** Where thousands are alike, as with a form letter, the nearest do. */
const NEAREST = 256;
const FOUND = 2 * NEAREST;

/** What a scan finds. One scan runs at a time, so all tables share it. */
const rowsFound = new Int32Array(FOUND);
const differingFound = new Int32Array(FOUND);
const histogram = new Int32Array(BITS + 1);

/** Signs of many vectors, a row each, in two flat arrays: all heads together, so that a scan reads little memory. */
export class SignTable {
  private heads = new Int32Array(16 * HEAD);
  private rests = new Int32Array(16 * REST);
  private readonly query = new Int32Array(WORDS);

  set(row: number, values: Int8Array): void {
    if ((row + 1) * HEAD > this.heads.length) this.grow();
    writeSigns(values, this.query);
    this.heads.set(this.query.subarray(0, HEAD), row * HEAD);
    this.rests.set(this.query.subarray(HEAD), row * REST);
  }

  /** Overwrites a row with another. */
  copy(from: number, to: number): void {
    this.heads.copyWithin(to * HEAD, from * HEAD, (from + 1) * HEAD);
    this.rests.copyWithin(to * REST, from * REST, (from + 1) * REST);
  }

  /**
   * Of the first `rows` those whose signs differ no more than a neighbour's may at `cosine`.
   * @returns at most `NEAREST` rows, those that differ least, in no order; overwritten by the next call
   */
  alike(vector: Float32Array, cosine: number, rows: number): Int32Array {
    const { heads, rests, query } = this;
    writeSigns(vector, query);
    const [q0, q1, q2] = [query[0] as number, query[1] as number, query[2] as number];
    let most = mostDiffering(shareAt(cosine), BITS);
    let mostInHead = mostDiffering(shareAt(cosine), HEAD_BITS);
    let found = 0;
    for (let row = 0, at = 0; row < rows; row++, at += HEAD) {
      const inHead = bitsInThree(
        (heads[at] as number) ^ q0,
        (heads[at + 1] as number) ^ q1,
        (heads[at + 2] as number) ^ q2,
      );
      if (inHead > mostInHead) continue;
      const differing = inHead + restOf(rests, row * REST, query);
      if (differing > most) continue;
      rowsFound[found] = row;
      differingFound[found] = differing;
      found += 1;
      if (found < FOUND) continue;
      // What is farther than enough others need not even be counted to its end.
      most = keepNearest() - 1;
      mostInHead = Math.min(mostInHead, mostDiffering(Math.max(0, most) / BITS, HEAD_BITS));
      found = NEAREST;
    }
    if (found > NEAREST) {
      keepNearest(found);
      found = NEAREST;
    }
    return rowsFound.subarray(0, found);
  }

  private grow(): void {
    const rows = Math.ceil((this.heads.length / HEAD) * 1.5);
    const [heads, rests] = [new Int32Array(rows * HEAD), new Int32Array(rows * REST)];
    heads.set(this.heads);
    rests.set(this.rests);
    [this.heads, this.rests] = [heads, rests];
  }
}

function restOf(rests: Int32Array, at: number, query: Int32Array): number {
  let differing = 0;
  for (let word = 0; word < REST; word += 3) {
    differing += bitsInThree(
      (rests[at + word] as number) ^ (query[HEAD + word] as number),
      (rests[at + word + 1] as number) ^ (query[HEAD + word + 1] as number),
      (rests[at + word + 2] as number) ^ (query[HEAD + word + 2] as number),
    );
  }
  return differing;
}

/** Moves the nearest of what was found to the front, and returns how much the farthest of them differs. */
function keepNearest(found = FOUND): number {
  histogram.fill(0);
  for (let at = 0; at < found; at++) {
    const differing = differingFound[at] as number;
    histogram[differing] = (histogram[differing] as number) + 1;
  }
  let farthest = 0;
  let nearer = 0;
  while (nearer + (histogram[farthest] as number) < NEAREST)
    nearer += histogram[farthest++] as number;
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
