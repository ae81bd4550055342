import { isWordChar } from './context';
import type { Detector, PiiSpan } from './types';

/** Length of an IBAN by country: SWIFT's IBAN registry. */
const LENGTHS: Readonly<Record<string, number>> = Object.fromEntries(
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IR26 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);
const BEGINNING = /[A-Za-z]{2}\d{2}(?=[ -]?[A-Za-z0-9])/g;

/** International bank account numbers: the country's length and the check digits of ISO 13616 (mod 97). */
export const detectIbans: Detector = (text) => {
  const spans: PiiSpan[] = [];
  for (const { 0: head, index: start } of text.matchAll(BEGINNING)) {
    const length = LENGTHS[head.slice(0, 2).toUpperCase()];
    if (length === undefined || isWordChar(text.charCodeAt(start - 1))) continue;
    const read = compactOf(text, start, length);
    if (!read || isWordChar(text.charCodeAt(read.end)) || !passesMod97(read.compact)) continue;
    spans.push({ entity: 'iban', start, end: read.end, reason: 'check digits (mod 97)' });
  }
  return spans;
};

/** Letters and digits from `start` on, single spaces and hyphens between them left out. */
function compactOf(text: string, start: number, length: number) {
  let compact = '';
  let index = start;
  for (; compact.length < length; index++) {
    const char = text[index] ?? '';
    if (/^[A-Za-z0-9]$/.test(char)) compact += char.toUpperCase();
    else if (!/^[ \u00a0-]$/.test(char) || !/^[A-Za-z0-9]$/.test(text[index - 1] ?? ''))
      return null;
  }
  return { compact, end: index };
}

/** ISO 7064 MOD 97-10 over the rearranged number. */
export function passesMod97(iban: string): boolean {
  let rest = 0;
  for (const char of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(char, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
