/** What a question asks for. `statement`: not a question at all, an order or a topic. */
export type QuestionKind =
  'who' | 'what' | 'when' | 'where' | 'why' | 'how' | `how ${string}` | 'yes-no' | 'statement';

const AUXILIARIES = new Set(
  'is are am was were do does did can could will would shall should may might must have has had'.split(
    ' ',
  ),
);
const MEASURES = new Set(
  'many much long far old often big large tall high deep fast soon early late heavy hot cold few little'.split(
    ' ',
  ),
);
/** Turns of phrase that ask for another thing than their first word. */
const PHRASES: readonly [RegExp, QuestionKind][] = [
  [/^how (come|is it that)\b/, 'why'],
  [
    /^(what|which) (is|are|was|would be|s) (the |a |an |some |your )?(\w+ )?(reasons?|causes?|purpose)\b/,
    'why',
  ],
  [/^(for )?what reasons?\b/, 'why'],
  [/^(at |in |on )?(what|which) (time|date|year|day)\b/, 'when'],
  [/^what (is|are|was|were|s) (the |a |an )?(\w+ )?(price|cost|fee)s?\b/, 'how much'],
  [/^what (is|are|was|were|s) .+ like$/, 'how'],
  [/^(in |at )?(what|which) (place|location)s?\b/, 'where'],
  [
    /^(what|which) (is|are|would be|s) (the |a |an |some |your )?(of the )?(\w+ )?(ways?|method|procedure|process|steps) (to|for|of|i)\b/,
    'how',
  ],
  [/^(what|which) (should|can|do|must) (i|we|you|one) (do|have to do|need to do)\b/, 'how'],
  [/^(is|are) there (anyway|(a|any|an|some) (\w+ )?(ways?|method|means|possibility)) to\b/, 'how'],
];

/** @param words the words of a text without courtesies, lower case, contractions written out */
export function questionOf(words: readonly string[]): QuestionKind {
  const text = words.join(' ');
  const phrase = PHRASES.find(([pattern]) => pattern.test(text));
  if (phrase) return phrase[1];
  const asked = text.split(' ');
  if (AUXILIARIES.has(asked[0] ?? '')) return 'yes-no';
  const at = asked.slice(0, 12).findIndex((word) => WH.has(word));
  if (at < 0) return 'statement';
  const kind = WH.get(asked[at] ?? '') ?? 'what';
  const next = asked[at + 1] ?? '';
  if (kind === 'how' && MEASURES.has(next)) return `how ${next}`;
  return kind;
}

const WH = new Map<string, QuestionKind>([
  ['who', 'who'],
  ['whom', 'who'],
  ['whose', 'who'],
  ['what', 'what'],
  ['which', 'what'],
  ['when', 'when'],
  ['where', 'where'],
  ['why', 'why'],
  ['how', 'how'],
]);

/**
 * What a text asks for after its first question: "What is it *and how does it work*?" A bare "and why?"
 * is not counted: a good answer gives its reasons anyway.
 * @param text the text in lower case, with its punctuation
 */
export function furtherQuestionsOf(text: string): readonly string[] {
  const begins = text.slice(0, text.search(/\W|$/));
  const isQuestion = WH.has(begins) || AUXILIARIES.has(begins);
  const asked = text.matchAll(isQuestion ? AFTER_AND : AFTER_QUESTION);
  return [...new Set([...asked].map(([, word]) => WH.get(word ?? '') ?? 'what'))].sort();
}

const AFTER_QUESTION = /\?\s+(who|what|which|when|where|how|why(?=\s+\w))\b/g;
const AFTER_AND = /(?:\?\s+|\band\s+)(who|what|which|when|where|how|why(?=\s+\w))\b/g;
