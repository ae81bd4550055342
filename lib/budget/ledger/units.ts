import { money, type MoneyInput, MONEY_DECIMALS, toMoneyString } from '@/lib/money';

/**
 * Money inside the ledger: whole numbers of 1e-10 USD as bigint. Exact like the decimals it comes
 * from, and fast enough to be counted on every request.
 */
export type Units = bigint;

const PER_USD = money(10).pow(MONEY_DECIMALS);

/** @param rounding of what is finer than 1e-10 USD; upper bounds round up */
export function toUnits(usd: MoneyInput, rounding: 'nearest' | 'up' = 'nearest'): Units {
  return BigInt(money(toMoneyString(usd, rounding)).times(PER_USD).toFixed(0));
}

/** Plain decimal USD. */
export function toUsd(units: Units): string {
  return toMoneyString(money(units.toString()).dividedBy(PER_USD));
}

export function minUnits(a: Units, b: Units): Units {
  return a < b ? a : b;
}

export function maxUnits(a: Units, b: Units): Units {
  return a > b ? a : b;
}
