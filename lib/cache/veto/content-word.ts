import { COORDINATORS, PREPOSITIONS } from './lexicon/grammar';
import { SPELT_NUMBERS } from './lexicon/quantities';
import { ALIASES, SYNONYMS } from './lexicon/synonyms';
import { stem } from './stem';
import { isAcronym, isFunctionWord, type Token } from './token';

/** A word that carries meaning, with what tells its part in the sentence. */
export type ContentWord = {
  /** As written, lower case. */
  word: string;
  /** One form for all forms and names of it: stem of its synonym group. */
  key: string;
  /** The preposition that governs it, `of` for a possessive; empty: none. */
  marker: string;
  /** Number of the phrase that it stands in: a preposition, a verb or a comma begins a new one. */
  phrase: number;
  /** Number of the sentence that it stands in. */
  sentence: number;
  /** Number of the list (`a, b and c`) that it is an item of; 0: none. */
  list: number;
};

/** One form for all that is written of a word. */
export function keyOf(word: string): string {
  const alias =
    ALIASES.get(word) ?? SPELT_NUMBERS.get(word) ?? /^(\d+)(?:st|nd|rd|th)$/.exec(word)?.[1];
  if (alias) return alias;
  return SYNONYMS.get(word) ?? SYNONYMS_BY_STEM.get(stem(word)) ?? stem(word);
}

/** So that every form of a word finds its group; where stems meet, the group named first counts. */
const SYNONYMS_BY_STEM = new Map([...SYNONYMS].reverse().map(([word, key]) => [stem(word), key]));

/** The words that carry meaning, in their order. */
export function contentOf(tokens: readonly Token[]): ContentWord[] {
  const content: ContentWord[] = [];
  const shouting = tokens.filter(isAcronym).length > tokens.length / 2;
  let [marker, phrase, lists, sentence] = ['', 0, 0, 0];
  /** Words since the last content word: what joins two items of a list. */
  let between: string[] = [];
  tokens.forEach((token, index) => {
    const { word, before } = token;
    if (token.startsSentence) sentence += 1;
    if (before !== '') between.push(before);
    if (before !== '' && before !== ',') [marker, phrase] = ['', phrase + 1];
    if (PREPOSITIONS.has(word)) [marker, phrase] = [word, phrase + 1];
    if (isFunctionWord(token, shouting) || !/[\p{L}\d]/u.test(word) || word === "'s") {
      const keeps = DETERMINERS.has(word) || COORDINATORS.has(word) || PREPOSITIONS.has(word);
      if (!keeps) [marker, phrase] = ['', phrase + 1];
      between.push(word);
      return;
    }
    const last = content.at(-1);
    const joins = last !== undefined && joinsList(between);
    if (joins && last.list === 0) last.list = ++lists;
    const owner = tokens[index + 1]?.word === "'s";
    content.push({
      word,
      key: keyOf(isAcronym(token) && !shouting && word === 'us' ? 'usa' : word),
      marker: owner ? 'of' : marker,
      phrase,
      sentence,
      list: joins ? lists : 0,
    });
    between = [];
  });
  return content;
}

/** A comma, `and` or the like, and at most an article beside it. */
function joinsList(between: readonly string[]): boolean {
  const joint = between.filter((word) => !DETERMINERS.has(word));
  return joint.length > 0 && joint.every((word) => word === ',' || COORDINATORS.has(word));
}

const DETERMINERS = new Set(
  'a an the my your his her its our their this that these those some any'.split(' '),
);
