import { cosineOf, type PackedVector } from './pack';

/** 32 signs to a word. */
const WORDS = 12;
const BITS = 384;
/** Standard deviations that a near neighbour's count of differing signs may lie above what is expected. */
const MARGIN = 4;

/** Vectors compared by their cosine: where thousands are alike, as with a form letter, the nearest do. */
const MAX_COMPARED = 256;

export type Neighbour<T> = { item: T; cosine: number };

/**
 * Finds the vectors nearest to one: the signs of all coordinates are compared first (Charikar, 2002),
 * the few that agree often enough by their cosine. Adding and removing take constant time.
 */
export class VectorIndex<T extends { vector: PackedVector | null }> {
  private signs = new Uint32Array(16 * WORDS);
  private readonly items: T[] = [];
  private readonly places = new Map<T, number>();

  get size(): number {
    return this.items.length;
  }

  add(item: T): void {
    if (!item.vector || this.places.has(item)) return;
    const place = this.items.length;
    if ((place + 1) * WORDS > this.signs.length) this.grow();
    this.signs.set(signsOf(item.vector.values), place * WORDS);
    this.items.push(item);
    this.places.set(item, place);
  }

  /** The last one takes the place of the one that goes. */
  remove(item: T): void {
    const place = this.places.get(item);
    if (place === undefined) return;
    this.places.delete(item);
    const last = this.items.pop();
    if (last === undefined || last === item) return;
    const from = this.items.length * WORDS;
    this.signs.copyWithin(place * WORDS, from, from + WORDS);
    this.items[place] = last;
    this.places.set(last, place);
  }

  /** At most `count` items whose cosine with `query` is at least `lowest`, nearest first. */
  nearest(query: Float32Array, lowest: number, count: number): Neighbour<T>[] {
    const found: Neighbour<T>[] = [];
    for (const place of this.alike(signsOf(query), limitOf(lowest))) {
      const item = this.items[place];
      if (!item?.vector) continue;
      const cosine = cosineOf(query, item.vector);
      if (cosine >= lowest) found.push({ item, cosine });
    }
    return found.sort((a, b) => b.cosine - a.cosine).slice(0, count);
  }

  /** Places of the vectors whose signs differ least, at most `MAX_COMPARED` and those as near as the last. */
  private alike(query: Uint32Array, limit: number): number[] {
    const { signs } = this;
    const found: number[] = [];
    const distances: number[] = [];
    const histogram = new Uint32Array(BITS + 1);
    const end = this.items.length * WORDS;
    let farthest = limit;
    for (let at = 0; at < end; at += WORDS) {
      let differing = 0;
      for (let word = 0; word < WORDS && differing <= farthest; word++) {
        differing += bitsIn((signs[at + word] as number) ^ (query[word] as number));
      }
      if (differing > farthest) continue;
      found.push(at / WORDS);
      distances.push(differing);
      histogram[differing] = (histogram[differing] ?? 0) + 1;
      // What is farther than enough others need not even be counted to its end.
      if (found.length % MAX_COMPARED === 0) farthest = distanceOfNearest(histogram, MAX_COMPARED);
    }
    return found.filter((_, index) => (distances[index] ?? 0) <= farthest);
  }

  private grow(): void {
    const larger = new Uint32Array(this.signs.length * 2);
    larger.set(this.signs);
    this.signs = larger;
  }
}

function signsOf(values: Float32Array | Int8Array): Uint32Array {
  const signs = new Uint32Array(WORDS);
  for (let index = 0; index < BITS; index++) {
    if ((values[index] ?? 0) > 0)
      signs[index >> 5] = (signs[index >> 5] ?? 0) | (1 << (index & 31));
  }
  return signs;
}

/** Signs that may differ at a cosine: angle / π of them are expected to. */
function limitOf(cosine: number): number {
  const share = Math.acos(Math.min(1, Math.max(-1, cosine))) / Math.PI;
  return BITS * share + MARGIN * Math.sqrt(BITS * share * (1 - share)) + 2;
}

/** The distance within which the `count` nearest lie. */
function distanceOfNearest(histogram: Uint32Array, count: number): number {
  let seen = 0;
  for (let distance = 0; distance < histogram.length; distance++) {
    seen += histogram[distance] ?? 0;
    if (seen >= count) return distance;
  }
  return histogram.length;
}

/** Population count of 32 bits (Warren, Hacker's Delight, 5-1). */
function bitsIn(word: number): number {
  let rest = word - ((word >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return (((rest + (rest >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
