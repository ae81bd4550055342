import { describe, expect, it } from 'vitest';
import { toUnits, toUsd } from './units';

describe('units of 1e-10 USD', () => {
  it.each([
    ['0', 0n],
    ['1', 10_000_000_000n],
    ['0.0000015', 15_000n],
    ['0.1000000000', 1_000_000_000n],
    ['123456789.0000000001', 1_234_567_890_000_000_001n],
    ['-0.5', -5_000_000_000n],
  ])('hold %s exactly, and write it back', (usd, units) => {
    expect(toUnits(usd)).toBe(units);
    expect(Number(toUsd(units))).toBe(Number(usd));
    expect(toUnits(toUsd(units))).toBe(units);
  });

  it('take a number by its shortest decimal', () => {
    expect(toUnits(0.1)).toBe(1_000_000_000n);
    expect(toUnits(1e-10)).toBe(1n);
  });

  it('round what is finer half up, and bounds up', () => {
    expect(toUnits('0.00000000005')).toBe(1n);
    expect(toUnits('0.00000000004')).toBe(0n);
    expect(toUnits('0.00000000001', 'up')).toBe(1n);
  });

  it('write no trailing zeros and no exponent', () => {
    expect([0n, 1n, 10n ** 10n, -15_000n].map(toUsd)).toEqual([
      '0',
      '0.0000000001',
      '1',
      '-0.0000015',
    ]);
  });

  it('refuse what is no amount', () => {
    expect(() => toUnits('1e')).toThrow(RangeError);
    expect(() => toUnits('')).toThrow(RangeError);
  });
});
