/**
 * What of a text has to be the same to the letter: "Translate: a big car" has another answer than
 * "Translate: a large car", and `colour` is not spelt like `color`.
 */

/** An order that is about a text, up to the colon after which the text comes. */
const WORKED_ON =
  /\b(?:analy[sz]e|check|classify|complete|continue|convert|correct|count|edit|explain|extract|fix|format|improve|list|paraphrase|proofread|rephrase|reword|rewrite|sentence|shorten|simplify|spell|summari[sz]e|text|translate|email|mail|paragraph|message)\b[^:\n]*:\s+(\S[\s\S]*)$/i;
const QUOTED = /["“„«]([^"“”„«»]+)["”“»]/g;
/** Questions about how something is written or said. */
const OF_FORM =
  /\b(?:spell|spelt|spelled|spelling|grammar|grammatical|grammatically|punctuation|punctuate|apostrophe|hyphen|hyphenated|capitali[sz]ed?|typos?|pronounced?|pronunciation|syllables?|rhymes?|plural|synonyms?|contraction)\b/i;

/** @returns its words as written, lower case; null when wording is of no account in the text */
export function verbatimOf(text: string): string | null {
  const material = WORKED_ON.exec(text)?.[1];
  if (material !== undefined) return wordsOf(material);
  const quoted = [...text.matchAll(QUOTED)].map(([, inside]) => inside ?? '');
  if (quoted.length > 0) return wordsOf(quoted.join(' '));
  return OF_FORM.test(text) ? wordsOf(text) : null;
}

const wordsOf = (text: string): string =>
  (text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu) ?? []).join(' ');
