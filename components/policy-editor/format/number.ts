const GROUPED = /^[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/;
const PLAIN = /^\d+(\.\d*)?$|^\.\d+$/;

/**
 * What a person typed, as a number; NaN when it is none. Understands grouping (`1,000,000`, `1 000`)
 * and a decimal comma (`0,95`), which is told from grouping by its digits.
 */
export function parseNumber(text: string): number {
  const compact = text.trim().replace(/[\s_'$%]/g, '');
  const sign = compact.startsWith('-') ? -1 : 1;
  const digits = sign < 0 ? compact.slice(1) : compact;
  if (GROUPED.test(digits)) return sign * Number(digits.replaceAll(',', ''));
  const pointed = digits.includes('.') ? digits : digits.replace(',', '.');
  return PLAIN.test(pointed) ? sign * Number(pointed) : Number.NaN;
}

/** `1000000` → "1,000,000"; at most ten decimals, the most any field of a policy keeps. */
export function formatNumber(value: number, minDecimals = 0): string {
  if (!Number.isFinite(value)) return '';
  return value.toLocaleString('en-US', {
    minimumFractionDigits: minDecimals,
    maximumFractionDigits: 10,
  });
}

/** The text to edit: no grouping, no exponent. */
export function editableNumber(value: number, minDecimals = 0): string {
  if (!Number.isFinite(value)) return '';
  return value.toLocaleString('en-US', {
    minimumFractionDigits: minDecimals,
    maximumFractionDigits: 10,
    useGrouping: false,
  });
}

/** Cuts the binary noise that arithmetic on decimals leaves (0.1 + 0.2, 95.5 / 100). */
export function tidy(value: number): number {
  return Math.round(value * 1e10) / 1e10;
}
