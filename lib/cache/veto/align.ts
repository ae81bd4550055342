import { LIGHT_WORDS } from './lexicon/word-weights';
import { keyOf, type ContentWord } from './content-word';
import type { Sentence } from './sentence';

/** How the words of two sentences meet. */
export type Alignment = {
  /** Pairs of places (in a, in b) of words that are the same. */
  pairs: readonly (readonly [number, number])[];
  /** Words that the other sentence has not. */
  onlyA: readonly ContentWord[];
  onlyB: readonly ContentWord[];
};

/** Matches content words by key, each to the first free one of the other sentence. */
export function align(a: Sentence, b: Sentence): Alignment {
  const free = new Map<string, number[]>();
  b.content.forEach(({ key }, place) => free.set(key, [...(free.get(key) ?? []), place]));
  const pairs: [number, number][] = [];
  const onlyA: ContentWord[] = [];
  a.content.forEach((word, place) => {
    const other = free.get(word.key)?.shift();
    if (other === undefined) onlyA.push(word);
    else pairs.push([place, other]);
  });
  const rest = [...free.values()].flat().sort((x, y) => x - y);
  const onlyB = rest.map((place) => b.content[place]).filter((word) => word !== undefined);
  return { pairs, ...joinCompounds(onlyA, onlyB) };
}

/** Drops what is one word on one side and two on the other: `data base`, `database`. */
function joinCompounds(
  a: readonly ContentWord[],
  b: readonly ContentWord[],
): Pick<Alignment, 'onlyA' | 'onlyB'> {
  const joined = new Set([...compoundsOf(a, b), ...compoundsOf(b, a)]);
  const others = (words: readonly ContentWord[]) => words.filter((word) => !joined.has(word));
  return { onlyA: others(a), onlyB: others(b) };
}

function compoundsOf(wholes: readonly ContentWord[], parts: readonly ContentWord[]): ContentWord[] {
  return wholes.flatMap((whole) => {
    const at = parts.findIndex(({ word }, index) => {
      const next = parts[index + 1];
      return next && whole.word.startsWith(word) && keyOf(word + next.word) === whole.key;
    });
    const [first, second] = [parts[at], parts[at + 1]];
    return first && second ? [whole, first, second] : [];
  });
}

/** Whether a word's absence in the other sentence says something. */
export const isTelling = ({ word, key }: ContentWord): boolean =>
  !LIGHT_WORDS.has(word) && !LIGHT_WORDS.has(key);
