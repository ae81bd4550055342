import { describe, expect, it } from 'vitest';
import { addMoney, compareMoney, money, subtractMoney, toMoneyString } from './money';

describe('money', () => {
  it('adds tenths exactly where floats do not', () => {
    expect(toMoneyString(addMoney('0.1', '0.2'))).toBe('0.3');
    expect(toMoneyString(addMoney(...Array.from({ length: 1000 }, () => 0.1)))).toBe('100');
  });

  it('never writes an exponent, a trailing zero or a negative zero', () => {
    expect(toMoneyString('1e-10')).toBe('0.0000000001');
    expect(toMoneyString(3.45e-6)).toBe('0.00000345');
    expect(toMoneyString('1e21')).toBe('1000000000000000000000');
    expect(toMoneyString('12.5000')).toBe('12.5');
    expect(toMoneyString('-0')).toBe('0');
  });

  it('keeps ten decimals, rounding half up, or up for a bound', () => {
    expect(toMoneyString('0.00000000005')).toBe('0.0000000001');
    expect(toMoneyString('0.00000000004')).toBe('0');
    expect(toMoneyString('0.00000000001', 'up')).toBe('0.0000000001');
  });

  it('compares and subtracts across notations', () => {
    expect(compareMoney('1.0', 1)).toBe(0);
    expect(compareMoney('0.9999999999', '1')).toBe(-1);
    expect(toMoneyString(subtractMoney('1', '0.0000000001'))).toBe('0.9999999999');
  });

  it('refuses what is not a finite number', () => {
    for (const bad of ['', 'abc', '1,5', 'NaN', 'Infinity', '0x10', Number.NaN, Infinity]) {
      expect(() => money(bad)).toThrow(RangeError);
    }
  });
});
