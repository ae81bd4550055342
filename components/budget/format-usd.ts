/**
 * A decimal string as dollars, no digit that matters lost: at least cents, more where there are more,
 * thousands grouped. `1234.5` → `$1,234.50`, `0.0000015` → `$0.0000015`.
 */
export function formatUsd(amount: string): string {
  const negative = amount.startsWith('-');
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const digits = fraction.replace(/0+$/, '').padEnd(2, '0');
  return `${negative ? '-' : ''}$${grouped}.${digits}`;
}

/** For axes and estimates, where three significant digits say it all: `$0.0213`, `$12.30`, `$4,210`. */
export function approximateUsd(amount: number): string {
  if (amount === 0) return '$0';
  if (amount >= 1000) return `$${Math.round(amount).toLocaleString('en-US')}`;
  if (amount >= 0.1) return `$${amount.toFixed(2)}`;
  return `$${Number(amount.toPrecision(3)).toFixed(Math.min(10, 2 - Math.floor(Math.log10(amount))))}`;
}
