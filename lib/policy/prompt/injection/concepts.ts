import { CONCEPTS, LEXICON, type Concept } from './lexicon';
import { Trie, type TrieEntry } from './trie';

/** Concepts that begin at one word of a text. */
export type Hit = {
  /** One bit for each concept, in the order of `CONCEPTS`. */
  mask: number;
  /** Position in words; two Chinese, Japanese or Thai letters count as one word. */
  at: number;
  /** At the head of a clause, where a command stands. */
  opens: boolean;
};

/** Words that may come before a command: please, now you must. */
const OPENING_WORDS = 3;

export const bitOf = Object.fromEntries(
  CONCEPTS.map((concept, index) => [concept, 1 << index]),
) as Record<Concept, number>;

const SPACE = 32;

let built: Trie | undefined;
/** All words of all languages. */
function trie(): Trie {
  return (built ??= new Trie(wordsOfLexicon(), (code) => (isWordChar(code) ? code : SPACE)));
}

function* wordsOfLexicon(): Generator<TrieEntry> {
  for (const concept of CONCEPTS) {
    const words = new Set(Object.values(LEXICON[concept]).flatMap((list) => list.split('|')));
    for (const word of words) yield { word, mask: bitOf[concept] };
  }
}

/**
 * Finds every concept of a folded text in one pass, in order. Words of several words are found whatever
 * stands between them.
 */
export function findConcepts(folded: string): Hit[] {
  const words = folded.replace(NOT_A_WORD, (run) =>
    run !== ' ' && CLAUSE_END.test(run) ? '\n' : ' ',
  );
  const tree = trie();
  const hits: Hit[] = [];
  let at = 0;
  let clause = 0;
  let fresh = true;
  for (let index = 0; index < words.length; index++) {
    const code = words.charCodeAt(index);
    if (code === SPACE || code === BREAK) {
      if (!fresh) at += 1;
      if (code === BREAK) clause = at;
      fresh = true;
      continue;
    }
    const dense = isDense(code);
    if (dense) at += 0.5;
    if (fresh || dense) {
      const mask = walk(tree, words, index, 0);
      if (mask !== 0) hits.push({ mask, at, opens: at - clause <= OPENING_WORDS });
    }
    fresh = false;
  }
  return hits;
}

const BREAK = 10;
const CLAUSE_END = /[.!?:;\n。！？：；।؟"“”()[\]<>{}*#|-]/;
const NOT_A_WORD = /[^\p{L}\p{N}\p{M}]+/gu;
/** Bounds the walk of one beginning: no entry of the lexicon is longer. */
const LONGEST_ENTRY = 64;

function walk(tree: Trie, words: string, start: number, from: number): number {
  let mask = 0;
  let node = from;
  const limit = Math.min(words.length, start + LONGEST_ENTRY);
  for (let index = start; ; index++) {
    const code = index < words.length ? spaced(words.charCodeAt(index)) : SPACE;
    if (tree.exact[node] && (code === SPACE || isDense(code) || isDenseBefore(words, index)))
      mask |= tree.exact[node] ?? 0;
    const star = tree.star[node];
    if (star) mask |= (tree.open[star] ?? 0) | walkOn(tree, words, index, star);
    if (index >= limit) return mask;
    const next = tree.next(node, code);
    if (next === 0) return mask;
    node = next;
  }
}

/** After any ending: on from the end of the word. */
function walkOn(tree: Trie, words: string, index: number, star: number): number {
  if (tree.next(star, SPACE) === 0) return 0;
  const limit = index + LONGEST_ENTRY;
  for (let end = index; end < limit && end < words.length; end++)
    if (spaced(words.charCodeAt(end)) === SPACE) return walk(tree, words, end, star);
  return 0;
}

const spaced = (code: number) => (code === BREAK ? SPACE : code);

const isDenseBefore = (words: string, index: number) => isDense(words.charCodeAt(index - 1));

/** Scripts that put no space between words. */
function isDense(code: number): boolean {
  return (
    (code >= 0x3040 && code <= 0x30ff) ||
    (code >= 0x3400 && code <= 0x9fff) ||
    (code >= 0x0e00 && code <= 0x0e7f)
  );
}

function isWordChar(code: number): boolean {
  return code > 127 ? code !== 0x2026 : (code >= 48 && code <= 57) || (code >= 97 && code <= 122);
}
