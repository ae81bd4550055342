import { before, isDigit, isWordChar } from './context';
import type { Detector, PiiSpan } from './types';

const CANDIDATE = /\d{3}([ -]?)\d{2}\1\d{4}/g;
const SSN_WORDS = /\bssns?\b|social[ -]?security|\bss ?(?:#|no\b)|\btax(?:payer)?[ -]?id|\btin\b/i;

/**
 * US social security numbers by the rules of the Social Security Administration: no area 000, 666 or from 900
 * on, no group 00, no serial 0000. Without hyphens they need a word that names them.
 */
export const detectSsns: Detector = (text) => {
  const spans: PiiSpan[] = [];
  for (const { 0: written, 1: separator, index: start } of text.matchAll(CANDIDATE)) {
    const end = start + written.length;
    if (isPartOfMore(text, start, end) || !isIssuable(written.replace(/\D/g, ''))) continue;
    const named = SSN_WORDS.test(before(text, start));
    if (separator !== '-' && !named) continue;
    const reason = named ? 'near a word for the number' : 'form of the number';
    spans.push({ entity: 'us_ssn', start, end, reason });
  }
  return spans;
};

function isPartOfMore(text: string, start: number, end: number): boolean {
  if (isWordChar(text.charCodeAt(start - 1)) || isWordChar(text.charCodeAt(end))) return true;
  const joins = /[-./]/;
  return (
    (joins.test(text[start - 1] ?? '') && isDigit(text.charCodeAt(start - 2))) ||
    (joins.test(text[end] ?? '') && isDigit(text.charCodeAt(end + 1)))
  );
}

function isIssuable(digits: string): boolean {
  const area = digits.slice(0, 3);
  return (
    area !== '000' &&
    area !== '666' &&
    area < '900' &&
    digits.slice(3, 5) !== '00' &&
    digits.slice(5) !== '0000'
  );
}
