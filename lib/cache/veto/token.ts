import { PARTICLES, PARTICLE_VERBS } from './lexicon/grammar';
import { FUNCTION_WORDS } from './lexicon/word-weights';
import { stem } from './stem';

/** A word as written and as compared, with what stands before it. */
export type Token = {
  raw: string;
  /** Lower case, without accents. */
  word: string;
  startsSentence: boolean;
  /** The punctuation mark before it, or empty. */
  before: string;
};

const WORD =
  /[\p{Script=Latin}\p{M}\d][\p{Script=Latin}\p{M}\d]*(?:[.'’&-][\p{Script=Latin}\p{M}\d]+)*|[%$€£₹¥°,;:.!?]/gu;

/** The words of a text whose short forms are written out; verbs and their particles are one word. */
export function tokensOf(text: string): Token[] {
  return joinVerbs(split(text.replace(GLUED, '$1. ')));
}

/** `Yes.No`: a sentence whose space was forgotten. */
const GLUED = /(\p{Ll})\.(?=\p{Lu}\p{Ll})/gu;

function split(text: string): Token[] {
  const tokens: Token[] = [];
  let before = '';
  let startsSentence = true;
  for (const [raw] of text.matchAll(WORD)) {
    if (/^[,;:.!?]$/.test(raw)) {
      before = raw;
      if (/[.!?:]/.test(raw)) startsSentence = true;
      continue;
    }
    for (const part of partsOf(raw)) {
      tokens.push({ raw: part, word: plainOf(part), startsSentence, before });
      startsSentence = false;
      before = '';
    }
  }
  return tokens;
}

/** A possessive is kept apart as `'s`. */
function partsOf(raw: string): string[] {
  if (/'s$/i.test(raw)) return [raw.slice(0, -2), "'s"];
  if (!raw.includes('-')) return [raw];
  if (PREFIXED.test(raw)) return [raw.replace('-', '')];
  return COMPOUND.test(raw) ? raw.split('-') : [raw];
}

/** `e-mail` is written `email` too, `self-service` is written `self service`. */
const PREFIXED = /^(?:anti|pre|post|non|un|re|co|ex|semi|multi|sub|e|mis|de|dis|wi)-\p{L}+$/iu;
const COMPOUND = /^\p{L}+(?:-\p{L}+)+$/u;

/** `log in to` is `login to`: as one word it has an opposite that `in` alone has not. */
function joinVerbs(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    const particle = PARTICLES.get(token.word);
    if (!last || !particle || token.before !== '' || !PARTICLE_VERBS.has(stem(last.word))) {
      joined.push(token);
      continue;
    }
    joined[joined.length - 1] = { ...last, word: stem(last.word) + particle };
  }
  return joined;
}

const ASCII = /^[\x00-\x7f]*$/;

const plainOf = (raw: string): string =>
  (ASCII.test(raw) ? raw : raw.normalize('NFD').replace(/\p{M}/gu, ''))
    .toLowerCase()
    .replace(/^(\p{L})\.(\p{L})/u, '$1$2')
    .replace(/[.](?=\p{L}|$)/gu, '');

/** Acronyms that are spelt like a function word (`IT`, `US`, `WHO`) carry meaning. */
export const isAcronym = ({ raw }: Token): boolean => /^(?:\p{Lu}\.?){2,}$/u.test(raw);

/** @param shouting capitals tell nothing in this text */
export function isFunctionWord(token: Token, shouting: boolean): boolean {
  return FUNCTION_WORDS.has(token.word) && (shouting || !isAcronym(token));
}
