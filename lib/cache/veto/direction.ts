import type { Alignment } from './align';
import { PREDICATES } from './lexicon/word-weights';
import type { ContentWord } from './content-word';
import type { Sentence } from './sentence';

/**
 * Finds two words that have changed places in a way that changes who does what to whom: "A before B"
 * and "B before A". Items of a list may change places, a phrase may move with its preposition, and
 * `x y` may become `y of x`.
 */
export function swappedWords(
  a: Sentence,
  b: Sentence,
  { pairs }: Alignment,
): readonly [string, string] | null {
  if (isMutual(a) && isMutual(b)) return null;
  for (let first = 0; first < pairs.length; first++) {
    for (let second = first + 1; second < pairs.length; second++) {
      const [xa, xb] = pairs[first] ?? [0, 0];
      const [ya, yb] = pairs[second] ?? [0, 0];
      if (xb < yb) continue;
      const [inA, inB] = [placesOf(a, xa, ya), placesOf(b, xb, yb)];
      if (!inA || !inB || isHarmless(inA, inB)) continue;
      return haveSameSentences(a, b) ? null : [inA.x.word, inA.y.word];
    }
  }
  return null;
}

/** Asks how two things stand to each other, which is the same from either side. */
const isMutual = ({ text, content, question }: Sentence): boolean =>
  (question === 'how far' || content.some(({ key }) => MUTUAL.has(key))) &&
  !/\b(?:than|better|worse)\b/i.test(text);

const MUTUAL = new Set(['difference', 'compar', 'vs', 'distanc']);

/** The question first and what it is about after it, or the other way round. */
const haveSameSentences = (a: Sentence, b: Sentence): boolean =>
  sentencesOf(a).join('\n') === sentencesOf(b).join('\n');

function sentencesOf({ content }: Sentence): readonly string[] {
  const sentences = new Map<number, string>();
  for (const { sentence, key } of content) {
    sentences.set(sentence, `${sentences.get(sentence) ?? ''} ${key}`);
  }
  return [...sentences.values()].sort();
}

type Places = { x: ContentWord; y: ContentWord; distance: number };

function placesOf({ content }: Sentence, xPlace: number, yPlace: number): Places | null {
  const [x, y] = [content[xPlace], content[yPlace]];
  return x && y ? { x, y, distance: Math.abs(xPlace - yPlace) } : null;
}

function isHarmless(inA: Places, inB: Places): boolean {
  if (inA.x.key === inA.y.key) return true;
  if (areListed(inA) && areListed(inB)) return true;
  if (isMovable(inA.x) || isMovable(inA.y)) return true;
  if (areDated(inA) && areDated(inB)) return true;
  // "in A but not in B": two phrases of one preposition that change places have swapped their parts.
  const apart =
    inA.x.phrase !== inA.y.phrase && inB.x.phrase !== inB.y.phrase && inA.x.marker !== inA.y.marker;
  if (apart && (movedWhole(inA.x, inB.x) || movedWhole(inA.y, inB.y))) return true;
  return areCompound(inA, inB) || areCompound(inB, inA);
}

/** Items of one list, or what something lies or differs between. */
const areListed = ({ x, y }: Places): boolean =>
  (x.list > 0 && x.list === y.list) || (x.marker === 'between' && y.marker === 'between');

/** "The best phone" is the phone that is best. */
const isMovable = ({ word }: ContentWord): boolean => PREDICATES.has(word);

/** `2024 Olympics`, `Olympics 2024` */
const areDated = ({ x, y, distance }: Places): boolean =>
  distance === 1 && x.phrase === y.phrase && /^\d{4}$/.test(x.word) !== /^\d{4}$/.test(y.word);

const movedWhole = (before: ContentWord, after: ContentWord): boolean =>
  before.marker !== '' && before.marker === after.marker;

const GENITIVE = new Set(['of', 'for', 'in', 'on', 'at', 'with']);

/** `x y` side by side under one marker in one sentence, `y of x` in the other. */
function areCompound(compound: Places, split: Places): boolean {
  if (compound.distance !== 1 || compound.x.marker !== compound.y.marker) return false;
  const [x, y] = [split.x, split.y];
  return (
    (GENITIVE.has(x.marker) && x.marker !== y.marker && split.distance === 1) ||
    (GENITIVE.has(y.marker) && x.marker !== y.marker && split.distance === 1)
  );
}
