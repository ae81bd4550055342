import { DOUBTFUL_GIVEN_NAMES, GIVEN_NAMES, SURNAMES } from './gazetteer';
import { isCommonWord, isStreetWord, PARTICLES } from './lexicon';
import type { PiiSpan, WordDetector } from './types';
import { gap, type Word } from './words';

type Lists = { given: Set<string>; doubtful: Set<string>; surnames: Set<string> };
let lists: Lists | undefined;
const namesOf = (): Lists =>
  (lists ??= {
    given: new Set(GIVEN_NAMES.split(' ')),
    doubtful: new Set(DOUBTFUL_GIVEN_NAMES.split(' ')),
    surnames: new Set(SURNAMES.split(' ')),
  });

const TITLES = new Set(
  'mr mrs ms miss mx dr prof professor sir dame rev herr frau mme mlle monsieur madame senor senora sr sra sig signor signora dhr mevrouw pan pani hr fru'.split(
    ' ',
  ),
);
/** Before a name, whatever it is: "my name is", "Dear", "Name:". */
const INTRODUCES =
  /(?:\b(?:(?:my|his|her|their|your|full|last|first|maiden|sur|family|the) ?name(?:'s|’s| is)?(?: on the account)?|name is|named (?:him |her |it )?|(?:people |please )?call me|i am called|signed|sincerely|(?:kind |best |warm )?regards|yours(?: truly)?|dear|beneficiary|patient|customer|employee|cardholder|holder|applicant|contact(?: person)?|ich hei(?:ß|ss)e|mein name ist|je m[’']appelle|me llamo|mi nombre es|mi chiamo|meu nome [eé]|ik heet|jag heter|nazywam si[ęe]|directed by|written by|starring|attn|recipient|sender)\s*(?:\?\s*(?:user:)?|[:=,]|\bis\b)?\s*["“]?|\b(?:hi|hello|hey) )$/i;
const SPOKEN_FOR =
  /\b(?:i am|i['’]m|this is|it['’]s|here is|meet|under|and|by|with|to|from|of|for|ask) $/i;
const INITIAL = /^\p{Lu}$/u;
const LONGEST = 5;

/** Names of people: by given names and surnames of many languages, by titles, and by what introduces a name. */
export const detectPersons: WordDetector = (text, words) => {
  const spans: PiiSpan[] = [];
  const hasLowerNames = MAY_INTRODUCE.test(text);
  for (let index = 0; index < words.length; index++) {
    const found =
      words[index]!.kind === 'capital'
        ? nameAt(text, words, index)
        : hasLowerNames
          ? lowerName(text, words, index)
          : null;
    if (!found) continue;
    spans.push({
      entity: 'person',
      start: words[found.first]!.start,
      end: endOf(text, words, found.last),
      reason: found.reason,
    });
    index = found.last;
  }
  return spans;
};

type Found = { first: number; last: number; reason: string };

function nameAt(text: string, words: readonly Word[], index: number): Found | null {
  const word = words[index]!;
  const { key } = word;
  if (TITLES.has(key)) return titled(text, words, index);
  if (word.text.length < 3 || isCommonWord(key) || isShouted(word.text)) return null;
  const { given, doubtful, surnames } = namesOf();
  const isGiven = isIn(given, key);
  const last = lastOf(text, words, index);
  const next = words[index + 1];
  if (isGiven) {
    if (last === index && (isStreetWord(next?.key ?? '') || isWordOfCode(text, word))) return null;
    return { first: index, last, reason: last > index ? 'given name and surname' : 'given name' };
  }
  const introduced = text.slice(Math.max(0, word.start - 40), word.start);
  if (INTRODUCES.test(introduced) && !isWordOfCode(text, word))
    return { first: index, last, reason: 'after what introduces a name' };
  if (last === index) {
    if (hasFamilyEnding(key) && !isWordOfCode(text, word))
      return { first: index, last, reason: 'ending of surnames' };
    const isName = isIn(surnames, key) || isIn(doubtful, key);
    if (
      isName &&
      !isWordOfCode(text, word) &&
      SPOKEN_FOR.test(introduced.slice(-10)) &&
      /\b(?:i am|i['’]m|meet|ask) $/i.test(introduced)
    )
      return { first: index, last, reason: 'name after what introduces one' };
    return null;
  }
  const family = words[last]!.key;
  const hasInitial = INITIAL.test(words[index + 1]?.text ?? '');
  const known =
    isIn(surnames, family) || hasFamilyEnding(family) || (hasInitial && !isCommonWord(family));
  if (isIn(doubtful, key) && (known || isIn(given, family)))
    return { first: index, last, reason: 'given name and surname' };
  const mayBegin =
    !/\b(?:the|an?) $/i.test(introduced) &&
    (!isSentenceStart(text, word.start) || hasFamilyEnding(family) || hasInitial);
  if (known && mayBegin) return { first: index, last, reason: 'surname after another name' };
  return null;
}

/** How far a name goes on: initials, particles and further names, no common words. */
function lastOf(text: string, words: readonly Word[], first: number): number {
  let last = first;
  if (/['’]s$/.test(words[first]!.text)) return first;
  for (let index = first; index + 1 < words.length && index - first < LONGEST; index++) {
    const between = gap(text, words, index);
    const next = words[index + 1]!;
    const isAfterInitial = INITIAL.test(words[index]!.text) && between === '. ';
    if (between !== ' ' && !isAfterInitial) break;
    if (next.kind === 'number') break;
    const { key } = next;
    if (next.kind === 'lower') {
      const after = words[index + 2];
      if (!PARTICLES.has(key) || after?.kind !== 'capital' || gap(text, words, index + 1) !== ' ')
        break;
      continue;
    }
    if (INITIAL.test(next.text)) {
      // "Anna I" is no initial: an initial has a name behind it.
      if (words[index + 2]?.kind !== 'capital' || !/^\.? $/.test(gap(text, words, index + 1)))
        break;
      continue;
    }
    if (isCommonWord(key) || isStreetWord(key) || isShouted(next.text)) break;
    last = index + 1;
    if (/['’]s$/.test(next.text)) break;
  }
  return last;
}

function titled(text: string, words: readonly Word[], index: number): Found | null {
  const next = words[index + 1];
  if (!/^\.? $/.test(gap(text, words, index)) || next?.kind !== 'capital') return null;
  if (isCommonWord(next.key) && !isIn(namesOf().doubtful, next.key)) return null;
  return { first: index + 1, last: lastOf(text, words, index + 1), reason: 'after a title' };
}

const LOWER_INTRODUCES =
  /\b(?:my|his|her|last|maiden|first) name(?:'s| is)|\bname:|\b(?:mr|mrs|ms|dr)\.$/i;

/** Without any of these in a text, none of the above is anywhere in it. */
const MAY_INTRODUCE = /name(?:'s| is|:)|(?:m[rs]|mrs|dr)\./i;

/** In texts without capitals a name is told only by what introduces it. */
function lowerName(text: string, words: readonly Word[], index: number): Found | null {
  const word = words[index]!;
  const before = text.slice(Math.max(0, word.start - 24), word.start).trimEnd();
  if (word.kind !== 'lower' || !LOWER_INTRODUCES.test(before) || !/(?:is|'s|:|\.)$/i.test(before))
    return null;
  const { key } = word;
  const { given, surnames } = namesOf();
  return isIn(given, key) || isIn(surnames, key)
    ? { first: index, last: index, reason: 'after what introduces a name' }
    : null;
}

/** "Anna-Lena", "O'Hara": one part that is listed is enough. */
function isIn(list: ReadonlySet<string>, key: string): boolean {
  return (
    list.has(key) ||
    (/[-']/.test(key) && key.split(/[-']/).some((part) => part.length > 2 && list.has(part)))
  );
}

/** Surnames of many languages end alike; long enough, little else does. */
const FAMILY_ENDING =
  /(?:[aeiou]v(?:a|ic)|sson|sdott[ie]r|dottir|[aei]nen|enko|(?:w|v)icz|vich|qvist|kvist|strom|poulos|idis|ishvili|adze|ewski|owski|ewska|owska|czyk|kova|cova|rova|nova|sova)$/;
function hasFamilyEnding(key: string): boolean {
  return key.length >= 7 && FAMILY_ENDING.test(key);
}

function isShouted(word: string): boolean {
  return word === word.toUpperCase();
}

/** Camel case, a member or a call: code, not prose. */
function isWordOfCode(text: string, { start, end, text: word }: Word): boolean {
  const previous = text[start - 1] ?? '';
  const next = text[end] ?? '';
  return (
    /[\p{N}_.$@#/\\<=({[]/u.test(previous) ||
    /[\p{N}_(=/\\<>{[]/u.test(next) ||
    /\p{Ll}\p{Lu}/u.test(word) ||
    (next === '.' && /[\p{L}]/u.test(text[end + 1] ?? ''))
  );
}

function isSentenceStart(text: string, start: number): boolean {
  return /(?:^|[.!?:\n*#>-]\s*|["“(]\s?)$/.test(text.slice(Math.max(0, start - 4), start));
}

/** A possessive belongs to the sentence, not to the name. */
function endOf(text: string, words: readonly Word[], last: number): number {
  const { end, text: word } = words[last]!;
  return /['’]s$/.test(word) ? end - 2 : end;
}
