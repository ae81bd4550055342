/**
 * What the answers look like among which a question lets one choose (`A. …`, `(B) …`): how hard it is
 * to tell them apart, whether they have to be worked out, whether each is an argument of its own. All are
 * 0 for a question that offers none, and between 0 and 1.
 */
export const CHOICE_FEATURES = [
  'choiceAmounts',
  'choiceLength',
  'choiceTotal',
  'choiceVerdicts',
  'choiceLikeness',
  'choiceReasons',
  'choiceSingleWords',
] as const;

const CHOICE = /^\(?([A-H])[.)]\s+(.*)$/gm;
/** A number with a sign, a currency or a short unit, and nothing more to say. */
const AMOUNT = /^[\s$€£\-\d.,/%^a-z]{0,12}\d[\s\d.,/%^]*[a-z]{0,8}\.?$/i;
const VERDICT = /^(?:yes|no|true|false|right|wrong|not wrong|valid|invalid)\b/i;
const REASON = /\b(?:because|since|if|unless|but|only|so)\b/;
const WORD = /[\p{L}\p{M}]+/gu;

/** A question, and the lettered choices that follow it, if any. */
export type Choices = { question: string; offered: string[] };

/** Takes lettered choices apart from the question they belong to. Linear in the length of the text. */
export function splitChoices(text: string): Choices {
  const offered: string[] = [];
  let question = text;
  for (const match of text.matchAll(CHOICE)) {
    // A list that starts elsewhere than at A is no choice between answers.
    if (offered.length === 0) {
      if (match[1] !== 'A') continue;
      question = text.slice(0, match.index);
    }
    offered.push(match[2]!);
  }
  return offered.length > 1 ? { question, offered } : { question: text, offered: [] };
}

/** In the order of CHOICE_FEATURES. */
export function choiceFeatures({ offered }: Choices): number[] {
  if (offered.length === 0) return CHOICE_FEATURES.map(() => 0);
  const words = offered.map((each) => each.toLowerCase().match(WORD) ?? []);
  const chars = offered.reduce((sum, each) => sum + each.length, 0);
  const total = Math.min(1, Math.log10(1 + chars) / 4);
  const share = (is: (choice: string, index: number) => boolean): number =>
    offered.filter(is).length / offered.length;
  return [
    share((each) => AMOUNT.test(each)),
    Math.min(1, Math.log1p(chars / offered.length) / 6),
    total,
    share((each) => VERDICT.test(each)),
    likeness(words) * total,
    share((each) => REASON.test(each)),
    share((_, index) => words[index]!.length <= 1),
  ];
}

/** Mean Jaccard similarity of the choices' words over all pairs. */
function likeness(words: readonly string[][]): number {
  const sets = words.map((each) => new Set(each));
  let sum = 0;
  let pairs = 0;
  sets.forEach((a, index) => {
    for (const b of sets.slice(index + 1)) {
      let shared = 0;
      for (const word of a) if (b.has(word)) shared += 1;
      sum += shared / Math.max(1, a.size + b.size - shared);
      pairs += 1;
    }
  });
  return sum / pairs;
}
