import { money, type MoneyInput, MONEY_DECIMALS, toMoneyString } from '@/lib/money';

/**
 * Money inside the ledger: whole numbers of 1e-10 USD as bigint. Exact like the decimals it comes
 * from, and fast enough to be counted on every request.
 */
export type Units = bigint;

const PLAIN = /^(\d+)(?:\.(\d+))?$/;

/** @param rounding of what is finer than 1e-10 USD; upper bounds round up */
export function toUnits(usd: MoneyInput, rounding: 'nearest' | 'up' = 'nearest'): Units {
  if (typeof usd === 'string') {
    // What comes from a price book or the database is plain already; decimals would take ten times as long.
    const [, whole, fraction = ''] = PLAIN.exec(usd) ?? [];
    if (whole !== undefined && fraction.length <= MONEY_DECIMALS)
      return BigInt(whole + fraction.padEnd(MONEY_DECIMALS, '0'));
  }
  return BigInt(money(toMoneyString(usd, rounding)).times(PER_USD).toFixed(0));
}

const PER_USD = money(10).pow(MONEY_DECIMALS);

/** Plain decimal USD without trailing zeros. */
export function toUsd(units: Units): string {
  if (units < 0n) return `-${toUsd(-units)}`;
  const digits = units.toString().padStart(MONEY_DECIMALS + 1, '0');
  const whole = digits.slice(0, -MONEY_DECIMALS);
  const fraction = digits.slice(-MONEY_DECIMALS).replace(/0+$/, '');
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

export function minUnits(a: Units, b: Units): Units {
  return a < b ? a : b;
}

export function maxUnits(a: Units, b: Units): Units {
  return a > b ? a : b;
}
