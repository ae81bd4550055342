/** A word or a number of a text. */
export type Word = {
  start: number;
  end: number;
  text: string;
  kind: 'capital' | 'lower' | 'number';
};

const WORD = /[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*|\d+[A-Za-z]?(?![\p{L}\d])|\d[\d\p{L}]*/gu;

/** The words of a text, read once for all detectors that go by words. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const { 0: word, index: start } of text.matchAll(WORD)) {
    words.push({ start, end: start + word.length, text: word, kind: kindOf(word) });
  }
  return words;
}

function kindOf(word: string): Word['kind'] {
  const code = word.charCodeAt(0);
  if (code >= 97 && code <= 122) return 'lower';
  if (code >= 65 && code <= 90) return 'capital';
  if (code >= 48 && code <= 57) return 'number';
  const first = String.fromCodePoint(word.codePointAt(0) ?? 0);
  return first === first.toLowerCase() ? 'lower' : 'capital';
}

/** Lower case without accents, as the lists have words. */
export function fold(word: string): string {
  const lower = word.toLowerCase();
  // Without an accent there is nothing to decompose.
  if (/^[a-z]*$/.test(lower)) return lower;
  return lower.normalize('NFD').replace(/[\p{M}đðłøßæœþ’]/gu, (char) => PLAIN[char] ?? '');
}
/** Letters that have no decomposition. */
const PLAIN: Readonly<Record<string, string>> = {
  đ: 'd', ð: 'd', ł: 'l', ø: 'o', ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th', '’': "'" }; // prettier-ignore

/** What stands between a word and the next one. */
export function gap(text: string, words: readonly Word[], index: number): string {
  const word = words[index];
  const next = words[index + 1];
  return word && next ? text.slice(word.end, next.start) : '\n\n';
}
