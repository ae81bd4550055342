import { before } from './context';
import type { Detector, PiiSpan } from './types';

const MONTH =
  '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|jän|mär|mai|juni|juli|okt|dez|janv|févr|avr|juin|juil|août|ene|abr|ago|dic|gen|mag|giu|lug|set|ott|fev|out|maj|kwie|sty|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[\\p{L}]{0,10}\\.?';
const DATE = new RegExp(
  [
    '(?<![\\p{L}\\p{N}_./-])(?:',
    '\\d{1,2}(?:st|nd|rd|th|\\.|º)?(?: of| de)?[ -]?',
    `${MONTH}(?: de)?,?[ -]?\\d{2,4}`,
    `|${MONTH} \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}`,
    '|\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}',
    '|\\d{1,2}[-/. ]\\d{1,2}[-/. ](?:\\d{4}|\\d{2})',
    '|\\d{4} ?年 ?\\d{1,2} ?月 ?\\d{1,2} ?日',
    '|\\d{4}년 ?\\d{1,2}월 ?\\d{1,2}일',
    ')(?![\\p{L}\\p{N}_])',
  ].join(''),
  'giu',
);
const BIRTH_WORDS =
  /\bborn\b|birth|\bd\.? ?o\.? ?b\b|\bbday\b|geboren|geburt|\bgeb\.|\bnée?s? (?:le|en)|naissance|nacid[oa]|nacimiento|nat[oa] (?:il|a )|nascita|nasc(?:id[oa]|imento)|geboorte|född|født|fødsels|syntynyt|syntymä|urodzon|urodzenia|narozen|született|születési|doğum|рожд|народж|родил|γεννήθηκε|γέννησης|出生|生年月日|生日|생년월일|생일|ngày sinh/i;

/** Dates that are said to be somebody's birth; any other date is harmless. */
export const detectDatesOfBirth: Detector = (text) => {
  if (!BIRTH_WORDS.test(text)) return [];
  const spans: PiiSpan[] = [];
  for (const match of text.matchAll(DATE)) {
    const words = before(text, match.index, 40);
    const said = lastSentence(words);
    if (!BIRTH_WORDS.test(said)) continue;
    const { index: start } = match;
    const end = start + match[0].length;
    spans.push({ entity: 'date_of_birth', start, end, reason: 'date after a word for birth' });
  }
  return spans;
};

/** "date of birth. It's 9/25/1945": the sentence before counts while the date begins the next one. */
function lastSentence(words: string): string {
  const breaks = [...words.matchAll(/[.!?\n]\s+/g)].filter(
    ({ index, 0: mark }) => words.length - index - mark.length > 16,
  );
  const last = breaks.at(-1);
  return last ? words.slice(last.index) : words;
}
