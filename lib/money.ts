import { Decimal } from 'decimal.js';

/**
 * Amounts of money in USD as exact decimals. Amounts cross module and wire borders as plain decimal
 * strings with at most ten decimals: a float cannot hold 0.1, and a sum of floats drifts.
 */

/** Decimals kept: the cheapest token of the catalogue costs some 1e-9 USD. */
export const MONEY_DECIMALS = 10;

// An own constructor, so that nobody's global Decimal settings change a bill.
const MoneyDecimal = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP });

export type Money = Decimal;
export type MoneyInput = Money | string | number;

export const ZERO: Money = new MoneyDecimal(0);

/**
 * The exact value of an amount. A number is taken through its shortest decimal string, so that 0.1
 * means one tenth. Throws RangeError on what is not a finite number.
 */
export function money(value: MoneyInput): Money {
  if (value instanceof MoneyDecimal) return value;
  const text = typeof value === 'string' ? value.trim() : String(value);
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text)) {
    throw new RangeError(`Not an amount of money: ${JSON.stringify(text)}`);
  }
  return new MoneyDecimal(text);
}

/** Sum of any number of amounts; zero of none. */
export function addMoney(...amounts: MoneyInput[]): Money {
  return amounts.reduce<Money>((sum, amount) => sum.plus(money(amount)), ZERO);
}

/** `a` less `b`; may be negative. */
export function subtractMoney(a: MoneyInput, b: MoneyInput): Money {
  return money(a).minus(money(b));
}

/** An amount times an exact factor, a count of tokens say. */
export function multiplyMoney(amount: MoneyInput, factor: MoneyInput): Money {
  return money(amount).times(money(factor));
}

/** -1, 0 or 1 as `a` is less than, equal to or greater than `b`. */
export function compareMoney(a: MoneyInput, b: MoneyInput): -1 | 0 | 1 {
  const order = money(a).comparedTo(money(b));
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

/**
 * Plain decimal without exponent, at most ten decimals, no trailing zeros: `0.00000025`, `12.5`, `0`.
 * What has more decimals is rounded half up, or away from zero with `'up'` (for upper bounds).
 */
export function toMoneyString(amount: MoneyInput, rounding: 'nearest' | 'up' = 'nearest'): string {
  const mode = rounding === 'up' ? Decimal.ROUND_UP : Decimal.ROUND_HALF_UP;
  const rounded = money(amount).toDecimalPlaces(MONEY_DECIMALS, mode);
  return rounded.isZero() ? '0' : rounded.toFixed();
}
