import { NEGATIONS, QUANTIFIERS, TENSES } from './lexicon/grammar';
import { SPELT_NUMBERS } from './lexicon/quantities';
import { FUNCTION_WORDS } from './lexicon/word-weights';
import { keyOf } from './content-word';
import { isFunctionWord, type Token } from './token';

/** Small things in a sentence that change its answer. */

const NUMBER = /(?<![\p{L}\d])[-−]?\d[\d,]*(?:\.\d+)*(?:st|nd|rd|th)?(?![\d])/gu;
/** Digits without separators, spelt numbers and ordinals, and names with digits in them. */
export function numbersOf(plain: string, lower: readonly string[]): string[] {
  const digits = (plain.match(NUMBER) ?? []).map((number) =>
    number
      .replace(/,(?=\d{3})/g, '')
      .replace(/(st|nd|rd|th)$/, '')
      .replace(/,+$/, '')
      .replace('−', '-'),
  );
  const mixed = lower.filter(
    (word) => /\d/.test(word) && /[a-z]/.test(word) && !/^\d+(st|nd|rd|th)$/.test(word),
  );
  const spelt = lower.map((word) => SPELT_NUMBERS.get(word)).filter((value) => value !== undefined);
  return [...digits, ...mixed, ...spelt].sort();
}

/** Capitals tell nothing at the start of a sentence, nor where nearly every word has one. */
export function namesOf(tokens: readonly Token[]): ReadonlySet<string> {
  const named = tokens.filter(
    (token) => /^\p{Lu}/u.test(token.raw) && !isFunctionWord(token, false) && token.word.length > 1,
  );
  const longWords = tokens.filter(({ word }) => !FUNCTION_WORDS.has(word) && /^\p{L}/u.test(word));
  const titled = longWords.length > 3 && named.length > 0.7 * longWords.length;
  const telling = named.filter(
    ({ raw, startsSentence }) => /^\p{Lu}[\p{Lu}\d]+$/u.test(raw) || (!startsSentence && !titled),
  );
  return new Set(telling.map(({ word }) => keyOf(word === 'us' ? 'usa' : word)));
}

export function negationsOf(lower: readonly string[]): number {
  return lower.filter((word, index) => NEGATIONS.has(word) && lower[index - 1] !== 'or').length;
}

export function quantifiersOf(lower: readonly string[]): string[] {
  const found = lower.map((word, index) => {
    const next = lower[index + 1];
    if (word === 'at' && next === 'least') return 'at_least';
    if (word === 'at' && next === 'most') return 'at_most';
    if (word === 'more' && next === 'than') return 'at_least';
    if (word === 'less' && next === 'than') return 'at_most';
    if (
      (word === 'all' || word === 'every') &&
      /^(at|the|day|in|about)$/.test(next ?? '') &&
      lower[index - 1] === 'of'
    )
      return undefined;
    return QUANTIFIERS.get(word);
  });
  return [...new Set(found.filter((kind) => kind !== undefined))].sort();
}

/** Whose a thing is. */
export const OWNERS = new Map([
  ...['my', 'mine', 'our', 'ours'].map((word) => [word, 'mine'] as const),
  ...['your', 'yours'].map((word) => [word, 'yours'] as const),
]);

/** Whether the speaker is the one who does something, or the one to whom it is done; null: both or neither. */
export function speakerOf(lower: readonly string[]): 'doer' | 'receiver' | null {
  const [does, receives] = [/^(i|we)$/, /^(me|us)$/].map((form) => lower.some((w) => form.test(w)));
  if (does === receives) return null;
  return does ? 'doer' : 'receiver';
}

/** Which auxiliaries and adverbs of time there are. */
export function tensesOf(lower: readonly string[]): ReadonlySet<keyof typeof TENSES> {
  const kinds = Object.keys(TENSES) as (keyof typeof TENSES)[];
  const told = lower.filter((word, index) => {
    // "How will I get there?" asks for a way, not for the future.
    if (TENSES.future.has(word)) return !/^(i|we|you|one)$/.test(lower[index + 1] ?? '');
    return true;
  });
  return new Set(kinds.filter((kind) => told.some((word) => TENSES[kind].has(word))));
}
