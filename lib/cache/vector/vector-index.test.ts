import { describe, expect, it } from 'vitest';
import { cosineOf, packedVectorOf, packVector, type PackedVector } from './pack';
import { VectorIndex } from './vector-index';

/** Numbers that look random and are the same in every run (Marsaglia's xorshift). */
function numbers(seed: number) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 31 - 1;
  };
}

function unit(values: Float32Array): Float32Array {
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}
const next = numbers(2463534242);
const randomVector = () => unit(Float32Array.from({ length: 384 }, next));
const near = (vector: Float32Array, noise: number) => {
  const other = randomVector();
  return unit(vector.map((value, index) => value + noise * (other[index] ?? 0)));
};

type Item = { vector: PackedVector };
const item = (vector: Float32Array): Item => ({ vector: packVector(vector) });

describe('the vector index', () => {
  it('finds every neighbour that a full comparison finds, nearest first', () => {
    const index = new VectorIndex<Item>();
    const queries = Array.from({ length: 50 }, randomVector);
    const items = queries.flatMap((query) =>
      [0.1, 0.3, 0.5].map((noise) => item(near(query, noise))),
    );
    items.push(...Array.from({ length: 2000 }, () => item(randomVector())));
    for (const each of items) index.add(each);
    for (const query of queries) {
      const expected = items
        .map((each) => ({ item: each, cosine: cosineOf(query, each.vector) }))
        .filter(({ cosine }) => cosine >= 0.84)
        .sort((a, b) => b.cosine - a.cosine);
      expect(expected.length).toBeGreaterThanOrEqual(3);
      expect(index.nearest(query, 0.84, 100)).toEqual(expected);
    }
  });

  it('never finds what was removed, and everything else still', () => {
    const index = new VectorIndex<Item>();
    const vectors = Array.from({ length: 300 }, randomVector);
    const items = vectors.map(item);
    for (const each of items) index.add(each);
    items.forEach((each, at) => {
      if (at % 3 !== 0) index.remove(each);
    });
    expect(index.size).toBe(100);
    vectors.forEach((vector, at) => {
      expect(index.nearest(vector, 0.95, 5).map((found) => found.item)).toEqual(
        at % 3 === 0 ? [items[at]] : [],
      );
    });
  });

  it('takes the nearest where more are alike than can be compared', () => {
    const index = new VectorIndex<Item>();
    const query = randomVector();
    const letters = Array.from({ length: 3000 }, () => item(near(query, 0.5)));
    const close = Array.from({ length: 10 }, () => item(near(query, 0.05)));
    [...letters.slice(0, 1500), ...close, ...letters.slice(1500)].forEach((each) =>
      index.add(each),
    );
    const found = index.nearest(query, 0.8, 10).map((neighbour) => neighbour.item);
    expect(new Set(found)).toEqual(new Set(close));
  });

  it('compares no more than it should where all are the same', () => {
    const index = new VectorIndex<Item>();
    const query = randomVector();
    const same = Array.from({ length: 2000 }, () => item(query));
    for (const each of same) index.add(each);
    const found = index.nearest(query, 0.9, 2000);
    expect(found).toHaveLength(256);
    expect(found.every(({ cosine }) => cosine > 0.99)).toBe(true);
  });

  it('keeps packed vectors apart, whatever their length', () => {
    const vectors = [384, 7, 384, 20_000, 384].map((length) =>
      unit(Float32Array.from({ length }, next)),
    );
    const packed = vectors.map(packVector);
    const again = packed.map(({ values, scale }) =>
      packedVectorOf(Buffer.from(values).toString('base64'), scale),
    );
    expect(again).toEqual(packed);
    vectors.forEach((vector, at) => {
      expect(cosineOf(vector, packed[at] as PackedVector)).toBeCloseTo(1, 3);
    });
  });

  it('packs a vector so that cosines err by less than 0.002', () => {
    for (let turn = 0; turn < 200; turn++) {
      const [a, noise] = [randomVector(), turn / 100];
      const b = near(a, noise);
      const exact = a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
      expect(Math.abs(cosineOf(a, packVector(b)) - exact)).toBeLessThan(0.002);
    }
  });
});
