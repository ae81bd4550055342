import { describe, expect, it } from 'vitest';
import { evenOut, sumOf, withoutKey } from './weights';

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

it('leaves the other keys', () => {
  expect(withoutKey({ a: 1, b: 2 }, 'a')).toEqual({ b: 2 });
});
