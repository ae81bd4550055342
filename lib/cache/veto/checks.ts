import { isTelling, type Alignment } from './align';
import { swappedWords } from './direction';
import { ANTONYMS } from './lexicon/antonyms';
import { LIGHT_VERBS } from './lexicon/word-weights';
import type { QuestionKind } from './question';
import type { ContentWord } from './content-word';
import type { Sentence } from './sentence';
import { stem } from './stem';

/** One reason why two alike texts may not have the same answer. Returns it, or null when it does not apply. */
export type Check = {
  name: string;
  differs(a: Sentence, b: Sentence, alignment: Alignment): string | null;
};

/** `x | y` when two sorted lists are not the same. */
function unequal(a: readonly string[], b: readonly string[]): string | null {
  if (a.length === b.length && a.every((item, index) => item === b[index])) return null;
  const [left, right] = [without(a, b), without(b, a)];
  return `${left.join(' ') || '-'} | ${right.join(' ') || '-'}`;
}

function without(from: readonly string[], what: readonly string[]): string[] {
  const left = [...what];
  return from.filter((item) => {
    const at = left.indexOf(item);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

const numbers: Check = { name: 'numbers', differs: (a, b) => unequal(a.numbers, b.numbers) };
const units: Check = { name: 'units', differs: (a, b) => unequal(a.units, b.units) };
const dates: Check = { name: 'dates', differs: (a, b) => unequal(a.dates, b.dates) };
const code: Check = { name: 'code', differs: (a, b) => unequal(a.code, b.code) };
const script: Check = { name: 'script', differs: (a, b) => unequal(a.foreign, b.foreign) };
/** A text to work on, or one that the question quotes; only one of the two may have put it in quotation marks. */
const verbatim: Check = {
  name: 'verbatim',
  differs: ({ verbatim: a }, { verbatim: b }) =>
    a === null || b === null || a === b ? null : `${a} | ${b}`,
};

const quantifiers: Check = {
  name: 'quantifiers',
  differs: (a, b) => unequal(a.quantifiers, b.quantifiers),
};

const negation: Check = {
  name: 'negation',
  differs(a, b, { onlyA, onlyB }) {
    if (a.negations !== b.negations) return `${a.negations} | ${b.negations}`;
    return prefixed(onlyA, onlyB) ?? prefixed(onlyB, onlyA);
  },
};

const PREFIXES = ['un', 'in', 'im', 'il', 'ir', 'dis', 'non', 'non-', 'anti', 'de', 'mis'];

/** `legal | illegal` */
function prefixed(plain: readonly ContentWord[], negated: readonly ContentWord[]): string | null {
  for (const { word } of plain) {
    const found = negated.find((other) =>
      PREFIXES.some(
        (prefix) =>
          other.word.startsWith(prefix + word.slice(0, 3)) &&
          stem(other.word) === stem(prefix + word),
      ),
    );
    if (found) return `${word} | ${found.word}`;
    if (negated.some((other) => other.word === `${word}less`)) return `${word} | ${word}less`;
  }
  return null;
}

const antonyms: Check = {
  name: 'antonyms',
  differs(a, b) {
    const [inA, inB] = [formsOf(a), formsOf(b)];
    for (const word of inA) {
      if (inB.has(word)) continue;
      for (const opposite of ANTONYMS.get(word) ?? []) {
        if (inB.has(opposite) && !inA.has(opposite)) return `${word} | ${opposite}`;
      }
    }
    return null;
  },
};

/** Every word as written and by its stem, function words included: `before` and `more` have opposites too. */
function formsOf({ text, content }: Sentence): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
  return new Set([...words, ...content.map(({ word }) => stem(word))]);
}

const names: Check = {
  name: 'names',
  differs(a, b) {
    const lacks = (from: Sentence, other: Sentence) => {
      const keys = new Set(other.content.map(({ key }) => key));
      return [...from.names].filter((name) => !keys.has(name) && !other.names.has(name));
    };
    const [left, right] = [lacks(a, b), lacks(b, a)];
    return left.length + right.length === 0
      ? null
      : `${left.join(' ') || '-'} | ${right.join(' ') || '-'}`;
  },
};

const question: Check = {
  name: 'question',
  differs({ question: a }, { question: b }) {
    return a === b || areAlike(a, b) || areAlike(b, a) ? null : `${a} | ${b}`;
  },
};

const furtherQuestion: Check = {
  name: 'further question',
  differs: (a, b) => unequal(a.furtherQuestions, b.furtherQuestions),
};

/** "Explain tides" asks what "What are tides?" and "How do tides work?" ask; a yes or no it does not. */
function areAlike(a: QuestionKind, b: QuestionKind): boolean {
  return a === 'statement' && (b === 'what' || b === 'how');
}

const tense: Check = {
  name: 'tense',
  differs({ tenses: a }, { tenses: b }) {
    const [left, right] = [timesOf(a), timesOf(b)];
    return left.some((time) => right.includes(time)) ? null : `${left[0]} | ${right[0]}`;
  },
};

/** The times that a text may speak of. */
function timesOf(tenses: Sentence['tenses']): readonly string[] {
  if (tenses.has('past')) return ['past'];
  if (tenses.has('future')) return ['future'];
  if (tenses.has('conditional')) return ['present', 'future'];
  return tenses.has('perfect') ? ['present', 'past'] : ['present'];
}

/** "My name" and "your name"; that only one of the two says whose is loose speech. */
const owner: Check = {
  name: 'owner',
  differs({ owners: a }, { owners: b }) {
    return a.length > 0 && b.length > 0 ? unequal(a, b) : null;
  },
};

const speaker: Check = {
  name: 'speaker',
  differs: ({ speaker: a }, { speaker: b }) => (a && b && a !== b ? `${a} | ${b}` : null),
};

const direction: Check = {
  name: 'direction',
  differs(a, b, alignment) {
    const swapped = swappedWords(a, b, alignment);
    return swapped && `${swapped[0]} and ${swapped[1]} changed places`;
  },
};

const governance: Check = {
  name: 'relation',
  differs(a, b, { pairs }) {
    for (const [atA, atB] of pairs) {
      const [inA, inB] = [a.content[atA], b.content[atB]];
      if (!inA || !inB) continue;
      const isTurned = bothWays(inA.marker, inB.marker, '', 'by');
      if (isTurned || OPPOSED.some(([x, y]) => bothWays(inA.marker, inB.marker, x, y))) {
        return `${inA.marker} ${inA.word} | ${inB.marker} ${inB.word}`.trim();
      }
    }
    return null;
  },
};

const bothWays = (a: string, b: string, x: string, y: string): boolean =>
  (a === x && b === y) || (a === y && b === x);

/** Prepositions of which the other one sends an answer elsewhere. */
const OPPOSED: readonly (readonly [string, string])[] = [
  ['to', 'from'],
  ['into', 'from'],
  ['with', 'without'],
  ['before', 'after'],
  ['over', 'under'],
  ['for', 'against'],
  ['by', 'from'],
  ['before', 'during'],
  ['after', 'during'],
  ['within', 'without'],
  ['to', 'through'],
  ['from', 'through'],
  ['on', 'off'],
  ['for', 'as'],
  ['up', 'down'],
];

const subject: Check = {
  name: 'subject',
  differs(_a, _b, { onlyA, onlyB }) {
    const [left, right] = [onlyA.filter(isTelling), onlyB.filter(isTelling)];
    const differ =
      (left.length > 0 && right.length > 0) ||
      (left.length > 0 && onlyB.some(isDeed)) ||
      (right.length > 0 && onlyA.some(isDeed));
    return differ ? `${namesOf(onlyA)} | ${namesOf(onlyB)}` : null;
  },
};

const isDeed = ({ word }: ContentWord): boolean => LIGHT_VERBS.has(word);
const namesOf = (words: readonly ContentWord[]): string =>
  words
    .filter((word) => isTelling(word) || isDeed(word))
    .map(({ word }) => word)
    .join(' ') || '-';

/** In the order in which they are told. */
export const CHECKS: readonly Check[] = [
  script,
  numbers,
  units,
  dates,
  code,
  verbatim,
  negation,
  antonyms,
  names,
  quantifiers,
  question,
  furtherQuestion,
  tense,
  owner,
  speaker,
  direction,
  governance,
  subject,
];
