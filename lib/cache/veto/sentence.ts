import { withoutCourtesies, writtenOut } from '../wording';
import { withoutCode } from './code';
import { contentOf, type ContentWord } from './content-word';
import {
  namesOf,
  negationsOf,
  numbersOf,
  OWNERS,
  quantifiersOf,
  speakerOf,
  tensesOf,
} from './details';
import { type TENSES } from './lexicon/grammar';
import { MONTHS, UNITS } from './lexicon/quantities';
import { furtherQuestionsOf, questionOf, type QuestionKind } from './question';
import { tokensOf, type Token } from './token';
import { verbatimOf } from './verbatim';

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
  /** "May I call them?" and "May they call me?" */
  speaker: ReturnType<typeof speakerOf>;
  /** Whose: `mine`, `yours` or both. */
  owners: readonly string[];
  /** What has to be the same to the letter; null: nothing. */
  verbatim: string | null;
  /** Everything of other scripts than Latin. */
  foreign: readonly string[];
};

const FOREIGN = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]+/gu;

/** Takes a text apart for the vetoes. English; a few microseconds for a question. */
export function readSentence(text: string): Sentence {
  const asked = withoutCourtesies(text.normalize('NFKC'));
  const { plain: told, code } = withoutCode(asked.replace(/ & /g, ' and '));
  const plain = writtenOut(told);
  const tokens = tokensOf(plain);
  const lower = tokens.map(({ word }) => word);
  return {
    text,
    content: contentOf(tokens),
    numbers: numbersOf(plain, lower),
    units: kindsOf(lower, UNITS),
    dates: kindsOf(lower, MONTHS),
    code,
    names: namesOf(tokens),
    negations: negationsOf(lower),
    quantifiers: quantifiersOf(lower),
    question: questionOf(askingWords(plain, tokens)),
    furtherQuestions: furtherQuestionsOf(plain.toLowerCase()),
    tenses: tensesOf(lower),
    speaker: speakerOf(lower),
    owners: [...new Set(kindsOf(lower, OWNERS))],
    verbatim: verbatimOf(asked),
    foreign: (plain.match(FOREIGN) ?? []).sort(),
  };
}

/** The words of what is asked, without what was told or put before it: "In Norway, is it legal?" */
function askingWords(plain: string, all: readonly Token[]): string[] {
  const asked = QUESTION.exec(plain)?.[1];
  const tokens = asked === undefined ? all : tokensOf(asked);
  return tokens.map(({ word }) => word).filter((word) => /\p{L}/u.test(word));
}

const QUESTION =
  /(?:[.!]\s+|,\s+(?=(?:what|who|where|when|why|how|can|could|should|do|does|did|is|are|was|were|will)\b))([^.!?,]+)(?:\?|$)/i;

/** What the words stand for that a list knows, sorted. */
const kindsOf = (words: readonly string[], kinds: ReadonlyMap<string, string>): string[] =>
  words
    .map((word) => kinds.get(word))
    .filter((kind) => kind !== undefined)
    .sort();
