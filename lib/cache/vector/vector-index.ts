import { cosineOf, type PackedVector } from './pack';
import { SignTable } from './sign-table';

export type Neighbour<T> = { item: T; cosine: number };

/**
 * Finds the vectors nearest to one: the signs of all coordinates are compared first, the few that agree
 * often enough by their cosine. Adding and removing take constant time.
 */
export class VectorIndex<T extends { vector: PackedVector | null }> {
  private readonly signs = new SignTable();
  private readonly items: T[] = [];
  private readonly places = new Map<T, number>();

  get size(): number {
    return this.items.length;
  }

  add(item: T): void {
    if (!item.vector || this.places.has(item)) return;
    const place = this.items.length;
    this.signs.set(place, item.vector.values);
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
    this.signs.copy(this.items.length, place);
    this.items[place] = last;
    this.places.set(last, place);
  }

  /** At most `count` items whose cosine with `query` is at least `lowest`, nearest first. */
  nearest(query: Float32Array, lowest: number, count: number): Neighbour<T>[] {
    const found: Neighbour<T>[] = [];
    for (const place of this.signs.alike(query, lowest, this.items.length)) {
      const item = this.items[place];
      if (!item?.vector) continue;
      const cosine = cosineOf(query, item.vector);
      if (cosine >= lowest) found.push({ item, cosine });
    }
    return found.sort((a, b) => b.cosine - a.cosine).slice(0, count);
  }
}
