import { align, isTelling, type Alignment } from './align';
import { CHECKS } from './checks';
import { readSentence, type Sentence } from './sentence';

export { readSentence, type Sentence } from './sentence';

/** What each check found; `differs` null: it has nothing against one answer for both. */
export type CheckVerdict = { name: string; differs: string | null };

export type PairJudgement = {
  /** Why one answer will not do for both, or null. */
  veto: CheckVerdict | null;
  /** Telling words that both have, and that only one of the two has. */
  words: { agreeing: number; surplus: number };
};

/** Whether a text that an encoder finds alike may have the same answer. */
export function judgePair(a: Sentence, b: Sentence): PairJudgement {
  const alignment = align(a, b);
  const words = wordsOf(a, alignment);
  for (const { name, differs } of CHECKS) {
    const difference = differs(a, b, alignment);
    if (difference !== null) return { veto: { name, differs: difference }, words };
  }
  return { veto: null, words };
}

function wordsOf(a: Sentence, { pairs, onlyA, onlyB }: Alignment): PairJudgement['words'] {
  const agreeing = pairs
    .map(([place]) => a.content[place])
    .filter((word) => word && isTelling(word));
  return { agreeing: agreeing.length, surplus: [...onlyA, ...onlyB].filter(isTelling).length };
}

/** The same with every check's verdict, to be shown. */
export function explainPair(a: string, b: string): CheckVerdict[] {
  const [left, right] = [readSentence(a), readSentence(b)];
  const alignment = align(left, right);
  return CHECKS.map(({ name, differs }) => ({ name, differs: differs(left, right, alignment) }));
}
