import { CHOICE_FEATURES, choiceFeatures, splitChoices } from './choice-features';

/**
 * Lexical features of a request that tell how hard it is to answer. All are ratios or logarithms, so
 * that none grows without bound with the length of the text; none looks at a subject's vocabulary,
 * so that what is learnt from them carries over to subjects never seen.
 */
export const COMPLEXITY_FEATURES = [
  'logChars',
  'logSentences',
  'meanSentenceWords',
  'meanWordChars',
  'longWordShare',
  'typeTokenRatio',
  'numberShare',
  'logNumbers',
  'bigNumber',
  'mathSymbolShare',
  'formula',
  'code',
  'conditional',
  'negation',
  'reasoningVerb',
  'designVerb',
  'lookupVerb',
  'comparison',
  'quantifier',
  'rate',
  'pairedStatements',
  'questionWords',
  'why',
  'howMuch',
  'firstPersonStory',
  'properNounShare',
  'quotation',
  'parentheses',
  'blank',
  'veryLongWordShare',
  'completion',
  ...CHOICE_FEATURES,
] as const;
export type ComplexityFeature = (typeof COMPLEXITY_FEATURES)[number];

const WORD = /[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*/gu;
const NUMBER = /\d+(?:[.,]\d+)*/g;
const MATH = /[=+×÷√∑∫∂≤≥≠≈∞∈∀∃⊃∨∧¬→∼^%<>]|\\(?:frac|sqrt|sum|int|begin)/g;
const FORMULA =
  /\b[a-z]\s?[=^]\s?\S|\b[a-z]\([a-z](?:,\s?[a-z])*\)|[a-z]\^\d|\b[A-Z]{1,2}\d*[⊃∨∧•∼→]/g;
const CODE =
  /```|[{};]\s*$|=>|::|\b(?:def|class|function|return|import|SELECT|FROM|WHERE|public|void|const|let|var|printf|async|await)\b|[a-z]+_[a-z]+\(|\w+\(\)/gm;

/** Held against the text in lower case: ignoring case in the patterns takes several times as long. */
const LEXICON = {
  conditional:
    /\b(?:if|suppose|assume|assuming|given that|unless|whenever|provided|in case|otherwise|would|could)\b/g,
  negation:
    /\b(?:not|never|except|least|without|neither|nor|false|incorrect|cannot|no longer|n['’]t)\b|n['’]t\b/g,
  reasoningVerb:
    /\b(?:prove|derive|justify|deduce|infer|evaluate|analy[sz]e|determine|calculate|compute|solve|estimate|explain|argue|critique|interpret|diagnose|optimi[sz]e|trace)\w*\b/g,
  designVerb:
    /\b(?:design|implement|refactor|architect|plan|develop|build|debug|migrate|write|draft|compose|create)\w*\b/g,
  lookupVerb:
    /\b(?:who|when|where|name|define|list|capital|called|known as|stands for|what is|what are|term|translate|refers? to|summari[sz]e|spell)\b/g,
  comparison:
    /\b(?:more|less|fewer|greater|better|worse|higher|lower|most|best|than|compare\w*|contrast|versus|vs|difference|trade-?offs?|whereas|between)\b/g,
  quantifier:
    /\b(?:all|every|each|some|any|only|both|either|exactly|at least|at most|half|twice|total|remaining|altogether)\b/g,
  rate: /\b(?:per|percent|percentage|ratio|rate|average|probability|interest|annual|speed|times as)\b|%/g,
  paired:
    /\b(?:statement|scenario|argument|case|premise|claim|proposition)s?\s+(?:1|2|i{1,2}|one|two|a|b)\b|\b(?:former|latter|respectively)\b/g,
  question: /\b(?:what|which|who|whom|whose|when|where|why|how)\b/g,
  why: /\b(?:why|because|therefore|consequently|thus|hence|reason|cause[sd]?|implies|result)\b/g,
  howMuch: /\bhow (?:much|many|long|far|old|often)\b/g,
  story:
    /\b(?:i|my|me|he|she|his|her|they|their|plaintiff|defendant|patient|man|woman|company|owner)\b/g,
} as const;

const count = (text: string, pattern: RegExp): number => {
  pattern.lastIndex = 0;
  let found = 0;
  while (pattern.exec(text) !== null) found += 1;
  return found;
};

/** Longest text that is looked at, characters: head and tail, where instructions stand. */
const WINDOW = 6000;

/**
 * Shares are of no less than a short question, in words and characters: of "2+2?" one sign is a quarter,
 * which makes nothing hard.
 */
const SHORT = { words: 12, chars: 60 };

/**
 * Features of a text, in the order of COMPLEXITY_FEATURES. Linear in at most WINDOW characters.
 */
export function complexityFeatures(full: string): number[] {
  const text =
    full.length <= WINDOW ? full : `${full.slice(0, WINDOW / 2)}\n${full.slice(-WINDOW / 2)}`;
  const choices = splitChoices(text);
  const words = text.match(WORD) ?? [];
  const wordCount = Math.max(1, words.length);
  const sentences = Math.max(1, count(text, /[.!?。！？]+(?:\s|$)|\n+/g));
  const numbers = text.match(NUMBER) ?? [];
  const chars = Math.max(SHORT.chars, text.length);
  const lower = text.toLowerCase();
  const perWord = (pattern: RegExp): number =>
    Math.min(1, (count(lower, pattern) / Math.max(SHORT.words, wordCount)) * 10);
  const logOf = (counted: number): number => Math.min(1, Math.log1p(counted) / 2);
  const some = (pattern: RegExp): number => logOf(count(lower, pattern));
  let letters = 0;
  let long = 0;
  let veryLong = 0;
  let capital = 0;
  const types = new Set<string>();
  for (const word of words) {
    letters += word.length;
    if (word.length >= 9) long += 1;
    if (word.length >= 12) veryLong += 1;
    const first = word.charCodeAt(0);
    if (first >= 65 && first <= 90 && word.length > 1) capital += 1;
    types.add(word.toLowerCase());
  }
  return [
    Math.log10(full.length + 1) / 5,
    Math.log10(sentences + 1) / 2,
    Math.min(1, wordCount / sentences / 40),
    Math.min(1, letters / wordCount / 10),
    long / wordCount,
    words.length === 0 ? 1 : types.size / wordCount,
    Math.min(1, numbers.length / Math.max(SHORT.words, wordCount)),
    Math.log1p(numbers.length) / 4,
    numbers.some((n) => n.replace(/\D/g, '').length >= 4) ? 1 : 0,
    Math.min(1, (count(text, MATH) / chars) * 20),
    logOf(count(text, FORMULA)),
    logOf(count(text, CODE)),
    perWord(LEXICON.conditional),
    perWord(LEXICON.negation),
    some(LEXICON.reasoningVerb),
    some(LEXICON.designVerb),
    perWord(LEXICON.lookupVerb),
    perWord(LEXICON.comparison),
    perWord(LEXICON.quantifier),
    some(LEXICON.rate),
    some(LEXICON.paired),
    perWord(LEXICON.question),
    some(LEXICON.why),
    some(LEXICON.howMuch),
    some(LEXICON.story),
    capital / wordCount,
    some(/["“”«»]/g),
    some(/[()]/g),
    some(/_{2,}|\.{3}|…/g),
    veryLong / wordCount,
    choices.offered.length > 0 && choices.question.trimEnd().endsWith(':') ? 1 : 0,
    ...choiceFeatures(choices),
  ];
}
