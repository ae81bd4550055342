import {
  endsLikeStreet,
  isCommonWord,
  PARTICLES,
  STREET_PREFIXES,
  STREET_SUFFIXES,
  STREET_SUFFIXES_LOCAL,
} from './lexicon';
import type { PiiSpan, WordDetector } from './types';
import { gap, type Word } from './words';

/** Between its lines, quoted ones included. */
const BETWEEN = /^[ \t\u00a0.,]{0,4}(?:\r?\n[ \t>?|*]{0,8}[ ,]{0,2})?$/;
const SAID =
  /(?:address(?:es)?|lives?|lived|living|located|resid(?:es?|ing|ence)|moved|ship(?:ped)? (?:it )?to|deliver(?:ed)? to|sen[dt] (?:it |this )?to|return to|drops you off at|meet (?:me|us|you) at|station is on|stop at|taxi to|arrived at|at|wohn(?:t|e|haft)|adresse|direcci[oó]n|indirizzo|endere[cç]o|adres)\b[^.!?]{0,40}$/i;
const UNIT = new Set(
  'apt apartment suite ste unit floor fl room rm flat etage app appt bldg building'.split(' '),
);
const BOX =
  /\b(?:p\.? ?o\.? ?box \d{1,6}|(?:psc|unit|cmr) \d{1,5},? box \d{1,5}|postfach \d[\d ]{1,8}|(?:usns|usnv|uss|uscgc) \p{Lu}\p{L}+(?=\s+[afd]po))/giu;
const MILITARY = /^[\s,]{0,4}[AFD]PO,? A[AEP],? \d{5}(?:-\d{4})?/i;
const MOST_NAME_WORDS = 5;
const MOST_PARTS = 10;

type Core = { first: number; last: number; reason: string };

/** Postal addresses: streets in the forms of many countries, with number, unit, town, postcode and country; boxes. */
export const detectAddresses: WordDetector = (text, words) => {
  const spans: PiiSpan[] = [];
  const push = (start: number, end: number, reason: string) => {
    const last = spans.at(-1);
    if (last && start < last.end) return;
    spans.push({ entity: 'address', start, end, reason });
  };
  for (let index = 0; index < words.length; index++) {
    const core = coreAt(text, words, index);
    if (!core || core.last < index) continue;
    const last = extended(text, words, core.last);
    push(
      startOf(text, words, core.first),
      words[last]!.end + dotAfter(text, words, last),
      core.reason,
    );
    index = last;
  }
  if (/box|psc|uss|usns|postfach/i.test(text)) spans.push(...boxes(text, words));
  return withoutContained(spans);
};

function coreAt(text: string, words: readonly Word[], index: number): Core | null {
  const word = words[index]!;
  if (word.kind === 'number') return bareNumbers(text, words, index);
  const { key } = word;
  if (STREET_PREFIXES.has(key)) {
    const core = afterPrefix(text, words, index);
    if (core) return core;
  }
  if (STREET_SUFFIXES.has(key) && word.kind === 'capital') return beforeSuffix(text, words, index);
  if (STREET_SUFFIXES_LOCAL.has(key)) return beforeSuffix(text, words, index, true);
  if (word.text.length >= 6 && endsLikeStreet(word.text)) return compound(text, words, index);
  return null;
}

/** "12 rue de Virton", "Via Roma 131". */
function afterPrefix(text: string, words: readonly Word[], index: number): Core | null {
  let last = index;
  for (let at = index; at + 1 < words.length && at - index < MOST_NAME_WORDS; at++) {
    const next = words[at + 1]!;
    if (!/^[.]?[ ’'-]{0,2}$/.test(gap(text, words, at))) break;
    if (next.kind === 'capital') last = at + 1;
    else if (
      next.kind === 'number' ||
      (!PARTICLES.has(next.key) && !/^(?:du|des|d|l|los|las|dei|degli|san|och)$/.test(next.key))
    )
      break;
  }
  if (last === index) return null;
  const first = numbersBefore(text, words, index);
  const end = numberAfter(text, words, last);
  if (first === index && end === last) return null;
  return { first, last: end, reason: 'street with a number' };
}

/** "90 Whitchurch Road", "Árpád fejedelem útja 62". */
function beforeSuffix(
  text: string,
  words: readonly Word[],
  index: number,
  local = false,
): Core | null {
  let name = index;
  while (name > 0 && index - name < MOST_NAME_WORDS) {
    const previous = words[name - 1]!;
    if (!/^[.]?[ -]$/.test(gap(text, words, name - 1))) break;
    const isName =
      previous.kind === 'capital' ||
      (local && previous.kind === 'lower' && words[name - 2]?.kind === 'capital');
    const isOrdinal = previous.kind === 'number' && /^\d+(?:st|nd|rd|th)$/i.test(previous.text);
    if (!isName && !isOrdinal) break;
    name--;
  }
  if (name === index) return null;
  const first = numbersBefore(text, words, name);
  const last = numberAfter(text, words, index);
  const said = SAID.test(text.slice(Math.max(0, words[name]!.start - 60), words[name]!.start));
  if (first === name && !(local && last > index) && !(said && !isCommonWord(words[name]!.key)))
    return null;
  return { first, last, reason: 'street with a number' };
}

/** "Kopfhölzistrasse 45". */
function compound(text: string, words: readonly Word[], index: number): Core | null {
  const word = words[index]!;
  const last = numberAfter(text, words, index);
  let name = index;
  while (
    name > 0 &&
    index - name < 2 &&
    words[name - 1]!.kind === 'capital' &&
    gap(text, words, name - 1) === ' ' &&
    !isCommonWord(words[name - 1]!.key)
  )
    name--;
  const first = numbersBefore(text, words, name);
  const hasNumber = last > index || first < name;
  const isStreet =
    word.kind === 'capital' && hasNumber && !(first === name && name < index && last === index);
  if (
    !isStreet &&
    !(
      word.kind === 'lower' &&
      last > index &&
      SAID.test(text.slice(Math.max(0, word.start - 60), word.start))
    )
  )
    return null;
  return { first: first < name ? first : index, last, reason: 'street with a number' };
}

/** "92597 Jahu 80": without a word for a street only where an address is expected. */
function bareNumbers(text: string, words: readonly Word[], index: number): Core | null {
  let at = index;
  if (words[at + 1]?.kind === 'number' && gap(text, words, at) === ' ') at++;
  let names = 0;
  while (
    names < MOST_NAME_WORDS &&
    words[at + 1]?.kind === 'capital' &&
    /^[.]? $/.test(gap(text, words, at))
  ) {
    at++;
    names++;
  }
  const ends =
    words[at + 1]?.kind === 'number' &&
    gap(text, words, at) === ' ' &&
    /^\d{1,4}[A-Za-z]?$/.test(words[at + 1]!.text);
  if (names === 0 || !/^\d{1,6}[A-Za-z]?$/.test(words[index]!.text)) return null;
  const start = words[index]!.start;
  const nextIsUnit = UNIT.has(words[at + (ends ? 2 : 1)]?.key ?? '');
  const said =
    SAID.test(text.slice(Math.max(0, start - 60), start)) ||
    /(?:^|\n)[^\p{L}\p{N}\n]{0,8}$/u.test(text.slice(Math.max(0, start - 10), start));
  if (nextIsUnit || (ends && said))
    return {
      first: index,
      last: ends ? at + 1 : at,
      reason: 'numbers round a name, where an address is said to be',
    };
  return null;
}

/** One or two numbers before a street: "6750 25 Golf Avenue". */
function numbersBefore(text: string, words: readonly Word[], index: number): number {
  let first = index;
  while (first > 0 && index - first < 2) {
    const previous = words[first - 1]!;
    if (
      previous.kind !== 'number' ||
      !/^,? $/.test(gap(text, words, first - 1)) ||
      previous.text.length > 6
    )
      break;
    first--;
  }
  return first;
}

function numberAfter(text: string, words: readonly Word[], index: number): number {
  const next = words[index + 1];
  return next?.kind === 'number' &&
    next.text.length <= 6 &&
    /^[.]?,? $/.test(gap(text, words, index))
    ? index + 1
    : index;
}

/** Units, towns, states, postcodes and countries that follow a street. */
function extended(text: string, words: readonly Word[], from: number): number {
  let last = from;
  for (let part = 0; part < MOST_PARTS; part++) {
    const next = partAfter(text, words, last);
    if (next <= last) break;
    last = next;
  }
  return last;
}

function partAfter(text: string, words: readonly Word[], last: number): number {
  const between = gap(text, words, last);
  const next = words[last + 1];
  if (!next || !BETWEEN.test(between) || /\n[^\S\n]*\n/.test(between)) return last;
  const { key } = next;
  const after = words[last + 2];
  if (
    UNIT.has(key) &&
    after?.kind === 'number' &&
    /^[.]?[ #]{1,3}$/.test(gap(text, words, last + 1))
  )
    return last + 2;
  if (next.kind === 'number') {
    if (!/^\d{3,6}$|^\d[A-Z\d]{2,3}$/.test(next.text)) return last;
    return after?.kind === 'number' &&
      /^[- ]$/.test(gap(text, words, last + 1)) &&
      after.text.length <= 4
      ? last + 2
      : last + 1;
  }
  const breaks = /[,\n]/.test(between);
  const follows = words[last]!.kind === 'number';
  if (
    (next.kind !== 'capital' && key !== 'nan') ||
    (!breaks && !follows) ||
    (isCommonWord(key) && !breaks)
  )
    return last;
  if (
    /^\s?:/.test(text.slice(next.end, next.end + 2)) ||
    /^I(?:['’]|$)/.test(next.text) ||
    between.includes('. ')
  )
    return last;
  let end = last + 1;
  while (end - last < MOST_NAME_WORDS && words[end + 1] && gap(text, words, end) === ' ') {
    const word = words[end + 1]!;
    if (word.kind === 'capital' && !/^I(?:['’]|$)/.test(word.text)) end++;
    else if (PARTICLES.has(word.key) && words[end + 2]?.kind === 'capital') end += 2;
    else if (
      /^(?:u|v|nad|am|an|im|sur|pri|pod|upon|on)$/.test(word.key) &&
      words[end + 2]?.kind === 'capital'
    )
      end += 2;
    else break;
  }
  return end;
}

/** "corner of 14th Street and Vine" belongs to the address. */
function startOf(text: string, words: readonly Word[], first: number): number {
  const { start } = words[first]!;
  const before = /(?:the )?corner of (?:\S+ ){0,4}$/i.exec(
    text.slice(Math.max(0, start - 60), start),
  );
  return before ? start - before[0].length : start;
}

/** "Apt." and "62." end in a dot of their own when the line goes on or ends there. */
function dotAfter(text: string, words: readonly Word[], last: number): number {
  return words[last]!.kind === 'capital' &&
    /^(?:st|rd|ave|blvd|str|sq)$/i.test(words[last]!.text) &&
    text[words[last]!.end] === '.'
    ? 1
    : 0;
}

function boxes(text: string, words: readonly Word[]): PiiSpan[] {
  let reached = 0;
  return [...text.matchAll(BOX)].map(({ 0: box, index }) => {
    let end = index + box.length;
    const military = MILITARY.exec(text.slice(end, end + 40));
    if (military) end += military[0].length;
    else {
      while (reached < words.length && words[reached]!.end <= end) reached++;
      const last = reached - 1;
      if (last >= 0) end = Math.max(end, words[extended(text, words, last)]!.end);
    }
    const number = /\d{1,6} $/.exec(text.slice(Math.max(0, index - 7), index));
    return {
      entity: 'address',
      start: index - (number?.[0].length ?? 0),
      end,
      reason: 'post box',
    } as const;
  });
}

function withoutContained(spans: PiiSpan[]): PiiSpan[] {
  const ordered = spans.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: PiiSpan[] = [];
  for (const span of ordered) {
    const last = kept.at(-1);
    if (last && span.start < last.end) last.end = Math.max(last.end, span.end);
    else kept.push({ ...span });
  }
  return kept;
}
