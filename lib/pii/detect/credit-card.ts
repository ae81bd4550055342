import { after, before, isDigit, isWordChar } from './context';
import type { Detector, PiiSpan } from './types';

const RUN = /\d+(?:[ .-]\d+)*/g;
const GROUP = /\d+/g;
const SHORTEST = 12;
const LONGEST = 19;
const MOST_GROUPS = 5;
const CARD_WORDS =
  /card|credit|debit|\bcc\b|\bpan\b|visa|master|amex|american express|discover|diners|maestro|jcb|unionpay|kredit|karte|carte|tarjeta|carta|cart[ãa]o|kaart|kort|karta|kártya|карт|卡号|信用卡|カード|카드/i;
const OTHER_NUMBER =
  /(?:order|invoice|tracking|sku|serial|isbn|ean|upc|imei|product|item|part|ticket|build|commit|hash|uuid|timestamp|account|reference|ref|case|session|trace|request|bestell|rechnung|commande|pedido)(?: ?(?:number|nummer|no|num|id|#|nr))?[^a-z0-9]{0,8}$/i;
const GROUPED = /^(?:\d{4}([ .-])\d{4}\1\d{4}\1\d{1,7}|\d{4}([ .-])\d{6}\2\d{4,5})$/;

/** Payment card numbers: a known issuer's prefix, its length, and the check digit of ISO/IEC 7812 (Luhn). */
export const detectCreditCards: Detector = (text) => {
  const spans: PiiSpan[] = [];
  for (const { 0: run, index: at } of text.matchAll(RUN)) {
    if (run.length < SHORTEST) continue;
    const groups = [...run.matchAll(GROUP)].map(({ 0: digits, index }) => ({
      start: at + index,
      end: at + index + digits.length,
    }));
    for (let first = 0; first < groups.length; first++) {
      const found = longestFrom(text, groups, first);
      if (!found) continue;
      spans.push(found.span);
      first = found.last;
    }
  }
  return spans;
};

type Group = { start: number; end: number };

/** The longest card number that begins with a group; a number beside it does not hide it. */
function longestFrom(text: string, groups: readonly Group[], first: number) {
  const { start } = groups[first]!;
  let last = first;
  // The shortest first group is that of 4-6-5; numbers written in shorter ones are no cards.
  if (groups[first]!.end - start < 3) return null;
  while (last + 1 < groups.length && last - first < MOST_GROUPS) last++;
  for (; last >= first; last--) {
    const { end } = groups[last]!;
    const reason = reasonFor(text, start, end);
    if (reason !== null)
      return { span: { entity: 'credit_card', start, end, reason } satisfies PiiSpan, last };
  }
  return null;
}

function reasonFor(text: string, start: number, end: number): string | null {
  const written = text.slice(start, end);
  const digits = written.replace(/\D/g, '');
  if (digits.length < SHORTEST || digits.length > LONGEST || touches(text, start, end)) return null;
  const usual = issuerOf(digits);
  if (usual === null || !passesLuhn(digits)) return null;
  if (CARD_WORDS.test(before(text, start)) || CARD_WORDS.test(after(text, end)))
    return 'check digit, near a word for cards';
  // A tenth of all numbers passes the check: rare lengths and numbers of other things need a word.
  if (!usual || OTHER_NUMBER.test(before(text, start, 32))) return null;
  if (written.length !== digits.length && !GROUPED.test(written)) return null;
  return 'issuer and check digit';
}

function touches(text: string, start: number, end: number): boolean {
  if (isWordChar(text.charCodeAt(start - 1)) || isWordChar(text.charCodeAt(end))) return true;
  // The decimals of a number.
  return /[.,]/.test(text[start - 1] ?? '') && isDigit(text.charCodeAt(start - 2));
}

/** Whether a prefix belongs to an issuer: true in the issuer's usual length, false in a rare one, null if to none. */
export function issuerOf(digits: string): boolean | null {
  const length = digits.length;
  const two = Number(digits.slice(0, 2));
  const four = Number(digits.slice(0, 4));
  if (digits.startsWith('4'))
    return length === 16 ? true : length === 13 || length === 19 ? false : null;
  if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720))
    return length === 16 ? true : null;
  if (two === 34 || two === 37) return length === 15 ? true : null;
  if (two === 35) return length !== 16 ? null : four >= 3528 && four <= 3589;
  if (four === 2131 || four === 1800) return length === 15 ? true : null;
  if (/^(?:30[0-5]|3095|36|38|39)/.test(digits))
    return length === 14 ? true : length === 16 ? false : null;
  if (four >= 2200 && four <= 2204) return length >= 16 && length <= 19 ? true : null;
  if (/^(?:6011|65|64[4-9]|62|81|82|60|508)/.test(digits) && length >= 16) return length === 16;
  return /^(?:5018|5020|5038|5[0678]|6)/.test(digits) ? false : null;
}

/** The check digit of ISO/IEC 7812-1, annex B. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0 && /[1-9]/.test(digits);
}
