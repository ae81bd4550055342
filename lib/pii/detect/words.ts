/** A word or a number of a text. */
export type Word = {
  start: number;
  end: number;
  text: string;
  kind: 'capital' | 'lower' | 'number';
  /** As the lists have words: see `fold`. */
  key: string;
};

/**
 * The words of a text, read once for all detectors that go by words. A word is a run of letters and the marks on
 * them, parts of it joined by an apostrophe or a hyphen; a number is a digit and the digits and letters behind it.
 */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (let start = 0; start < text.length;) {
    const is = classAt(text, start);
    if (is === OTHER) {
      start += sizeAt(text, start);
      continue;
    }
    const end = is === DIGIT ? numberEnd(text, start) : wordEnd(text, start);
    const word = text.slice(start, end);
    words.push({ start, end, text: word, kind: kindOf(word), key: fold(word) });
    start = end;
  }
  return words;
}

function wordEnd(text: string, start: number): number {
  let end = lettersEnd(text, start);
  while (isJoiner(text.charCodeAt(end))) {
    const next = lettersEnd(text, end + 1);
    if (next === end + 1) break;
    end = next;
  }
  return end;
}

function lettersEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && (classAt(text, end) & (LETTER | MARK)) !== 0)
    end += sizeAt(text, end);
  return end;
}

function numberEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && (classAt(text, end) & (LETTER | DIGIT)) !== 0)
    end += sizeAt(text, end);
  return end;
}

/** `'`, `-` and `’`. */
function isJoiner(code: number): boolean {
  return code === 0x27 || code === 0x2d || code === 0x2019;
}

const UNKNOWN = 0;
const OTHER = 1;
const LETTER = 2;
const MARK = 4;
const DIGIT = 8;
/** Class of each character of the basic plane, found out when it is first met. */
const classes = new Uint8Array(0x10000);

function classAt(text: string, index: number): number {
  const code = text.charCodeAt(index);
  if ((code & 0xfc00) === 0xd800) return classOf(text.codePointAt(index) ?? code);
  const known = classes[code]!;
  return known === UNKNOWN ? (classes[code] = classOf(code)) : known;
}

function classOf(codePoint: number): number {
  const char = String.fromCodePoint(codePoint);
  if (/\p{L}/u.test(char)) return LETTER;
  if (/\p{M}/u.test(char)) return MARK;
  return /\d/.test(char) ? DIGIT : OTHER;
}

/** Two for a pair of surrogates, half of which is no character. */
function sizeAt(text: string, index: number): number {
  if ((text.charCodeAt(index) & 0xfc00) !== 0xd800) return 1;
  return (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00 ? 2 : 1;
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
  if (isAscii(lower)) return lower;
  return lower.normalize('NFD').replace(/[\p{M}đðłøßæœþ’]/gu, (char) => PLAIN[char] ?? '');
}
/** Letters that have no decomposition. */
const PLAIN: Readonly<Record<string, string>> = {
  đ: 'd', ð: 'd', ł: 'l', ø: 'o', ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th', '’': "'" }; // prettier-ignore

export function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 127) return false;
  return true;
}

/** What stands between a word and the next one. */
export function gap(text: string, words: readonly Word[], index: number): string {
  const word = words[index];
  const next = words[index + 1];
  return word && next ? text.slice(word.end, next.start) : '\n\n';
}
