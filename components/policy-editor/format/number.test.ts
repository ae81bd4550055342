import { describe, expect, it } from 'vitest';
import { editableNumber, formatNumber, parseNumber, tidy } from './number';

describe('parseNumber', () => {
  it.each([
    ['0', 0],
    ['50.00', 50],
    ['$1,000.50', 1000.5],
    ['1,000,000', 1_000_000],
    ['1 000 000', 1_000_000],
    ['0,95', 0.95],
    ['0,950', 0.95],
    ['.5', 0.5],
    ['5.', 5],
    ['95%', 95],
    ['-3', -3],
    ['0.0000000001', 1e-10],
  ])('reads "%s" as %d', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  it.each(['', ' ', 'abc', '1.2.3', '1,00,000', '--1', '1e5', 'Infinity'])(
    'takes "%s" for no number',
    (text) => {
      expect(parseNumber(text)).toBeNaN();
    },
  );
});

describe('formatting', () => {
  it('groups thousands for reading and not for editing', () => {
    expect(formatNumber(1_000_000)).toBe('1,000,000');
    expect(editableNumber(1_000_000)).toBe('1000000');
  });

  it('keeps ten decimals without an exponent', () => {
    expect(formatNumber(1e-10)).toBe('0.0000000001');
    expect(editableNumber(1e-10)).toBe('0.0000000001');
  });

  it('pads money to cents', () => {
    expect(formatNumber(50, 2)).toBe('50.00');
    expect(formatNumber(0.00025, 2)).toBe('0.00025');
  });

  it('reads back what it wrote', () => {
    for (const value of [0, 0.95, 1e-10, 1234.5, 1_000_000_000_000])
      expect(parseNumber(formatNumber(value))).toBe(value);
  });
});

it('removes binary noise', () => {
  expect(tidy(0.1 + 0.2)).toBe(0.3);
  expect(tidy(95.5 / 100)).toBe(0.955);
});
