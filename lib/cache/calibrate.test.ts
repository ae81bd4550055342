import { describe, expect, it } from 'vitest';
import { calibrate, lowestCosine } from './calibrate';

const words = (agreeing: number, surplus = 0) => ({ agreeing, surplus });

describe('the calibrated similarity', () => {
  it('rises with the cosine, from 0 to 1', () => {
    let last = -1;
    for (let cosine = -1; cosine <= 1.0001; cosine += 0.005) {
      const similarity = calibrate(Math.min(1, cosine), words(3));
      expect(similarity).toBeGreaterThanOrEqual(last);
      expect(similarity).toBeGreaterThanOrEqual(0);
      expect(similarity).toBeLessThanOrEqual(1);
      last = similarity;
    }
    expect(last).toBe(1);
  });

  it('is 1 for nothing that differs', () => {
    expect(calibrate(0.9999, words(20))).toBeLessThan(1);
    expect(calibrate(1, words(20, 1))).toBeLessThan(0.99);
  });

  it('falls with every word that only one text has, and rises with agreeing ones', () => {
    expect(calibrate(0.95, words(3, 1))).toBeLessThan(calibrate(0.95, words(3)));
    expect(calibrate(0.95, words(7))).toBeGreaterThan(calibrate(0.95, words(3)));
  });

  it('never reaches a threshold below the cosine that is searched for it', () => {
    for (let threshold = 0.02; threshold < 1; threshold += 0.01) {
      expect(calibrate(lowestCosine(threshold) - 0.001, words(20))).toBeLessThan(threshold);
    }
  });
});
