import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff';

const POLICY = { retryBackoffMs: 100, retryBackoffMax: 1000, retryJitter: false };
const half = () => 0.5;

describe('backoffMs', () => {
  it('doubles from the base up to the maximum', () => {
    const waits = [0, 1, 2, 3, 4, 5].map((retry) => backoffMs(POLICY, retry, null, half));
    expect(waits).toEqual([100, 200, 400, 800, 1000, 1000]);
  });

  it('with jitter waits anything from nothing to the backoff', () => {
    const jitter = { ...POLICY, retryJitter: true };
    expect(backoffMs(jitter, 2, null, () => 0)).toBe(0);
    expect(backoffMs(jitter, 2, null, half)).toBe(200);
    expect(backoffMs(jitter, 2, null, () => 0.999)).toBeCloseTo(399.6);
  });

  it('obeys the provider when it asks for longer, but for no longer than the maximum', () => {
    expect(backoffMs(POLICY, 0, 700, half)).toBe(700);
    expect(backoffMs(POLICY, 0, 50, half)).toBe(100);
    expect(backoffMs(POLICY, 0, 1000, half)).toBe(1000);
    expect(backoffMs(POLICY, 0, 1001, half)).toBe(100);
  });
});
