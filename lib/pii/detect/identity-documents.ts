import { before, isWordChar } from './context';
import type { Detector, PiiSpan } from './types';

const PASSPORT_WORDS =
  /passport|passeport|pasaporte|passaporto|passaporte|reisepass|paspoort|\bpass(?:nummer|nr)|pas(?:zport|nummer)|útlevél|pasaport|паспорт|διαβατηρίου|护照|パスポート|여권|جواز/i;
const LICENCE_WORDS =
  /driv(?:er|ing|ers)?[’'`s]{0,2}[ -]?licen[cs]e|\bdl ?(?:#|no\b|number|:)|führerschein|fahrerlaubnis|permis de conduire|(?:carnet|permiso|licencia) de conduc|patente(?: di guida)?|carta de condução|carteira de motorista|\bcnh\b|rijbewijs|körkort|førerkort|kørekort|ajokortti|prawo jazdy|prawa jazdy|řidičsk|vezetői engedély|sürücü belgesi|ehliyet|водительск|驾驶证|驾照|運転免許/i;
const NUMBER = /[A-Z0-9](?:[A-Z0-9]|[ -](?=[A-Z0-9]*\d)){3,22}[A-Z0-9]/gi;
/** GB: five letters of the name, birth date, initials, check. */
const BRITISH_LICENCE =
  /(?<![A-Z0-9])[A-Z]{1,5}9{0,4}\d[0156]\d[0-3]\d{2}[A-Z][A-Z9]\d[A-Z]{2}(?![A-Z0-9])/g;
/** Second line of a passport's machine-readable zone, ICAO 9303. */
const ZONE = /[A-Z0-9<]{9}\d[A-Z<]{3}\d{6}\d[MFX<]\d{6}\d[A-Z0-9<]{14}[\d<]\d/g;
const WORDS_CHARS = 40;
const NEAREST_CHARS = 28;

/** Passport numbers after a word for passports, and machine-readable zones by their check digits. */
export const detectPassports: Detector = (text) => [
  ...numbersAfter(text, PASSPORT_WORDS, 'passport', (id) => /^[A-Z]{0,3}\d{5,9}[A-Z]?$/i.test(id)),
  ...zones(text),
];

/** Driver's licence numbers after a word for them, and British ones by their form. */
export const detectDriverLicenses: Detector = (text) => [
  ...numbersAfter(text, LICENCE_WORDS, 'driver_license', (id) => /(?:.*\d){4}/.test(id)),
  ...[...text.matchAll(BRITISH_LICENCE)]
    .filter(({ 0: id }) => id.length === 16)
    .map(({ 0: id, index: start }): PiiSpan => ({
      entity: 'driver_license',
      start,
      end: start + id.length,
      reason: 'form of a British licence',
    })),
];

function numbersAfter(
  text: string,
  words: RegExp,
  entity: 'passport' | 'driver_license',
  isNumber: (id: string) => boolean,
): PiiSpan[] {
  const spans: PiiSpan[] = [];
  const all = new RegExp(words.source, 'gi');
  for (const word of text.matchAll(all)) {
    const from = word.index + word[0].length;
    const rest = text.slice(from, from + WORDS_CHARS + NEAREST_CHARS);
    for (const { 0: written, index } of rest.matchAll(NUMBER)) {
      if (index > NEAREST_CHARS) break;
      const id = trimmed(written);
      if (!id || !isNumber(id.replace(/[ -]/g, ''))) continue;
      const start = from + index + written.indexOf(id);
      const end = start + id.length;
      if (isWordChar(text.charCodeAt(end)) || isWordChar(text.charCodeAt(start - 1))) continue;
      if (isDate(id) || spans.at(-1)?.end === end) break;
      spans.push({ entity, start, end, reason: `after a word for ${WORD_FOR[entity]}` });
      break;
    }
  }
  return spans;
}

const WORD_FOR = { passport: 'passports', driver_license: 'driver’s licences' } as const;

/** From the first word with a digit on: "number is A1234567" is read as one run of words. */
function trimmed(written: string): string {
  const parts = written.split(' ');
  const first = parts.findIndex((part) => /\d/.test(part));
  if (first < 0) return '';
  let last = first;
  while (last + 1 < parts.length && /^[A-Z]{0,2}\d+[A-Z]?$/.test(parts[last + 1] ?? '')) last++;
  return parts.slice(first, last + 1).join(' ');
}

function isDate(id: string): boolean {
  return /^\d{4}-\d{1,2}-\d{1,2}$|^\d{1,2}-\d{1,2}-\d{4}$/.test(id);
}

function zones(text: string): PiiSpan[] {
  return [...text.matchAll(ZONE)]
    .filter(({ 0: zone }) => checks(zone, 0, 9) && checks(zone, 13, 19) && checks(zone, 21, 27))
    .map(({ 0: zone, index: start }) => ({
      entity: 'passport',
      start,
      end: start + zone.length,
      reason: 'check digits of a machine-readable zone',
    }));
}

/** Weights 7, 3, 1 over the field; the digit after it is the sum modulo 10 (ICAO 9303-3, 4.9). */
function checks(zone: string, from: number, to: number): boolean {
  const weights = [7, 3, 1];
  let sum = 0;
  for (let index = from; index < to; index++) {
    const char = zone[index] ?? '<';
    sum += (char === '<' ? 0 : Number.parseInt(char, 36)) * (weights[(index - from) % 3] ?? 0);
  }
  return sum % 10 === Number(zone[to]);
}

/** Whether a word for either document stands before a number, so that it is no telephone's. */
export function isDocumentNumber(text: string, start: number): boolean {
  const words = before(text, start, NEAREST_CHARS + 8);
  return PASSPORT_WORDS.test(words) || LICENCE_WORDS.test(words);
}
