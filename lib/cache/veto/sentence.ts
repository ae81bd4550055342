import {
  ALIASES,
  COORDINATORS,
  FUNCTION_WORDS,
  MONTHS,
  NEGATIONS,
  PARTICLES,
  PARTICLE_VERBS,
  PREPOSITIONS,
  QUANTIFIERS,
  SPELT_NUMBERS,
  SYNONYMS,
  TENSES,
  UNITS,
} from './lexicon';
import { furtherQuestionsOf, questionOf, type QuestionKind } from './question';
import { stem } from './stem';
import { withoutCourtesies } from '../wording';

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

/** What the vetoes look at; taken from a text once. */
export type Sentence = {
  text: string;
  content: readonly ContentWord[];
  numbers: readonly string[];
  units: readonly string[];
  dates: readonly string[];
  /** Identifiers, paths, flags and fenced code, as written. */
  code: readonly string[];
  /** Capitalised words inside a sentence, by their key. */
  names: ReadonlySet<string>;
  negations: number;
  quantifiers: readonly string[];
  question: QuestionKind;
  furtherQuestions: readonly string[];
  tenses: ReadonlySet<keyof typeof TENSES>;
  /** Whose: `mine`, `yours` or both. */
  owners: readonly string[];
  /** Everything of other scripts than Latin. */
  foreign: readonly string[];
};

type Token = { raw: string; word: string; startsSentence: boolean; before: string };

const FENCE = /```[\s\S]*?(?:```|$)|`[^`\n]+`/g;
const URL_LIKE = /\b(?:https?:\/\/|www\.)\S+|\b[\w.+-]+@[\w-]+\.[\w.]+/g;
const CODE_LIKE =
  /(?:^|(?<=[\s("']))(?:--?[a-zA-Z][\w-]*(?==|\s|$)|[~.]{0,2}\/[\w./-]+|[\w.]*\w[_]\w[\w.]*|\w+::\w[\w:]*|[\w.]+\([\w, .]*\)|[a-z]{2,}[A-Z]\w*|\w[\w-]*\.(?:js|ts|tsx|py|java|json|csv|txt|md|html|css|sh|sql|yml|yaml|xml|pdf|png|jpe?g|docx?|xlsx?|exe|dll|log|conf|ini|toml|rb|go|rs|php|cpp?|hpp?)\b|\[[A-Z_]+_?\d+\]|[-+*/%^&|!<>=]=+|[-=]>|[<>]|[+*/%^|]{1,2}(?=\s)|&&|C\+\+|[A-Za-z]#|0x[0-9a-fA-F]+)/g;
const NUMBER = /(?<![\p{L}\d])[-−]?\d[\d,]*(?:\.\d+)*(?:st|nd|rd|th)?(?![\d])/gu;
const WORD =
  /[\p{Script=Latin}\p{M}\d][\p{Script=Latin}\p{M}\d]*(?:[.'’&-][\p{Script=Latin}\p{M}\d]+)*|[%$€£₹¥°,;:.!?]/gu;
const FOREIGN = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]+/gu;

/** Takes a text apart for the vetoes. English; a few microseconds for a question. */
export function readSentence(text: string): Sentence {
  const code: string[] = [];
  const take = (pattern: RegExp) => (from: string) =>
    from.replace(pattern, (found) => {
      code.push(found);
      return ' ';
    });
  const plain = take(CODE_LIKE)(
    take(URL_LIKE)(take(FENCE)(withoutCourtesies(text.normalize('NFKC')).replace(/ & /g, ' and '))),
  );
  const tokens = joinVerbs(tokensOf(plain.replace(/(\p{Ll})\.(?=\p{Lu}\p{Ll})/gu, '$1. ')));
  const lower = tokens.map(({ word }) => word);
  return {
    text,
    content: contentOf(tokens),
    numbers: numbersOf(plain, lower),
    units: lower
      .map((word) => UNITS.get(word))
      .filter((unit) => unit !== undefined)
      .sort(),
    dates: lower
      .map((word) => MONTHS.get(word))
      .filter((date) => date !== undefined)
      .sort(),
    code: code.sort(),
    names: namesOf(tokens),
    negations: negationsOf(lower),
    quantifiers: quantifiersOf(lower),
    question: questionOf(askingWords(plain, tokens)),
    furtherQuestions: furtherQuestionsOf(plain.toLowerCase()),
    tenses: tensesOf(lower),
    owners: [
      ...new Set(lower.map((word) => OWNERS.get(word)).filter((who) => who !== undefined)),
    ].sort(),
    foreign: (plain.match(FOREIGN) ?? []).sort(),
  };
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let before = '';
  let startsSentence = true;
  for (const [match] of text.matchAll(WORD)) {
    const raw = match.replace(/’/g, "'");
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

/** The words of what is asked, without what was told or put before it: "In Norway, is it legal?" */
function askingWords(plain: string, all: readonly Token[]): string[] {
  const asked = QUESTION.exec(plain)?.[1];
  const tokens = asked === undefined ? all : tokensOf(asked);
  return tokens.map(({ word }) => word).filter((word) => /\p{L}/u.test(word));
}

const QUESTION =
  /(?:[.!]\s+|,\s+(?=(?:what|who|where|when|why|how|can|could|should|do|does|did|is|are|was|were|will)\b))([^.!?,]+)(?:\?|$)/i;

/** `don't` is `do not`, `what's` `what is` (or a possessive, which is kept apart as `'s`). */
function partsOf(raw: string): string[] {
  const lower = raw.toLowerCase();
  if (/^(can't|cannot)$/.test(lower)) return ['can', 'not'];
  if (lower === "won't") return ['will', 'not'];
  if (lower.endsWith("n't")) return [raw.slice(0, -3), 'not'];
  const short = /^(.+)'(s|re|ve|ll|d|m)$/i.exec(raw);
  if (short?.[1] && short[2]) return [short[1], expand(short[1], short[2].toLowerCase())];
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

const CONTRACTED = /^(what|who|where|when|how|why|it|he|she|that|there|here|let)$/i;
function expand(head: string, ending: string): string {
  if (ending === 's') return CONTRACTED.test(head) ? 'is' : "'s";
  return { re: 'are', ve: 'have', ll: 'will', d: 'would', m: 'am' }[ending] ?? ending;
}

const ASCII = /^[\x00-\x7f]*$/;

const plainOf = (raw: string): string =>
  (ASCII.test(raw) ? raw : raw.normalize('NFD').replace(/\p{M}/gu, ''))
    .toLowerCase()
    .replace(/^(\p{L})\.(\p{L})/u, '$1$2')
    .replace(/[.](?=\p{L}|$)/gu, '');

/** One form for all that is written of a word. */
export function keyOf(word: string): string {
  const alias =
    ALIASES.get(word) ?? SPELT_NUMBERS.get(word) ?? /^(\d+)(?:st|nd|rd|th)$/.exec(word)?.[1];
  if (alias) return alias;
  return SYNONYMS.get(word) ?? SYNONYMS_BY_STEM.get(stem(word)) ?? stem(word);
}

/** So that every form of a word finds its group; where stems meet, the group named first counts. */
const SYNONYMS_BY_STEM = new Map([...SYNONYMS].reverse().map(([word, key]) => [stem(word), key]));

/** Acronyms that are spelt like a function word (`IT`, `US`, `WHO`) carry meaning. */
const isAcronym = ({ raw }: Token): boolean => /^(?:\p{Lu}\.?){2,}$/u.test(raw);

function isFunctionWord(token: Token, shouting: boolean): boolean {
  return FUNCTION_WORDS.has(token.word) && (shouting || !isAcronym(token));
}

function contentOf(tokens: readonly Token[]): ContentWord[] {
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

function numbersOf(plain: string, lower: readonly string[]): string[] {
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
function namesOf(tokens: readonly Token[]): ReadonlySet<string> {
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

function negationsOf(lower: readonly string[]): number {
  return lower.filter((word, index) => NEGATIONS.has(word) && lower[index - 1] !== 'or').length;
}

function quantifiersOf(lower: readonly string[]): string[] {
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

const OWNERS = new Map([
  ...['my', 'mine', 'our', 'ours'].map((word) => [word, 'mine'] as const),
  ...['your', 'yours'].map((word) => [word, 'yours'] as const),
]);

function tensesOf(lower: readonly string[]): ReadonlySet<keyof typeof TENSES> {
  const kinds = Object.keys(TENSES) as (keyof typeof TENSES)[];
  const told = lower.filter((word, index) => {
    // "How will I get there?" asks for a way, not for the future.
    if (TENSES.future.has(word)) return !/^(i|we|you|one)$/.test(lower[index + 1] ?? '');
    return true;
  });
  return new Set(kinds.filter((kind) => told.some((word) => TENSES[kind].has(word))));
}
