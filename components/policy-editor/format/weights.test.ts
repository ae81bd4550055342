import { describe, expect, it } from 'vitest';
import { evenOut, renameKey, sumOf, withoutKey } from './weights';

describe('evenOut', () => {
  it('shares 100 among any number of targets', () => {
    for (const count of [1, 2, 3, 6, 7, 30]) {
      const weights = evenOut(Array.from({ length: count }, (_, index) => `p${index}`));
      expect(sumOf(weights)).toBe(100);
      const shares = Object.values(weights);
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
    }
  });

  it('gives the first ones the remainder', () => {
    expect(evenOut(['a', 'b', 'c'])).toEqual({ a: 34, b: 33, c: 33 });
  });
});

it('counts an unfinished weight as nothing', () => {
  expect(sumOf({ a: 40, b: Number.NaN })).toBe(40);
});

describe('renameKey', () => {
  it('keeps the place and the value', () => {
    expect(Object.entries(renameKey({ a: 1, b: 2, c: 3 }, 'b', 'x'))).toEqual([
      ['a', 1],
      ['x', 2],
      ['c', 3],
    ]);
  });

  it('never overwrites another key', () => {
    const record = { a: 1, b: 2 };
    expect(renameKey(record, 'a', 'b')).toBe(record);
  });
});

it('leaves the other keys', () => {
  expect(withoutKey({ a: 1, b: 2 }, 'a')).toEqual({ b: 2 });
});
