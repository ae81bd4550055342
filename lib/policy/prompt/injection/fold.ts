/**
 * Letters that look like Latin ones, by the Latin letter: Cyrillic, Greek, Armenian, Cherokee, small
 * capitals and turned letters. After Unicode TR39's confusables, as far as they spell English words.
 */
const LOOK_ALIKES: Record<string, string> = {
  a: 'аαɑᴀаɐ',
  b: 'ЬβʙВƀ',
  c: 'сϲᴄⅽ',
  d: 'ԁᴅժɗ',
  e: 'еєεᴇҽǝ℮',
  f: 'ғꜰƒ',
  g: 'ɡɢցǥ',
  h: 'һհʜнɦ',
  i: 'іιɪıӏɩ',
  j: 'јᴊϳ',
  k: 'кκᴋ',
  l: 'ⅼʟӏɭ',
  m: 'мᴍⅿɱ',
  n: 'пηɴոŋ',
  o: 'оοᴏօ๐ø',
  p: 'рρᴘ',
  q: 'ԛգզ',
  r: 'гʀяɾ',
  s: 'ѕꜱʂ',
  t: 'тτᴛŧ',
  u: 'υᴜսц',
  v: 'ѵνᴠ',
  w: 'ԝѡᴡωɯ',
  x: 'хχ×',
  y: 'уγʏү',
  z: 'ᴢʐ',
};
const LATIN_OF = new Map(
  Object.entries(LOOK_ALIKES).flatMap(([latin, others]) =>
    [...others.toLowerCase()].map((other) => [other, latin] as const),
  ),
);

const ASCII = /^[\u0000-\u007f]*$/;
const ACCENTED = /[\u00c0-\u024f\u0370-\u04ff\u1e00-\u1fff]/g;
const MARKS = /[\u0300-\u036f\u0489\u064b-\u0652\u20d0-\u20ff]/g;
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\u0000-\u0008\u000e-\u001f\u007f-\u009f]/gu;
const WORD = /[\p{L}\p{M}]+/gu;
const LATIN = /[a-z]/;
const LATIN_LIKE =
  /[\u0370-\u03ff\u0400-\u052f\u0530-\u058f\u13a0-\u13ff\u0250-\u02af\u1d00-\u1d7f\ua720-\ua7ff]/;

export type Folded = {
  /** Lower case, NFKC, no accents on Latin and Cyrillic letters, nothing invisible, look-alikes as Latin. */
  text: string;
  /** Invisible characters that were removed. */
  invisible: number;
  /** Words of mixed scripts that read as Latin ones. */
  mixedWords: number;
};

/** Brings a text into the form in which the lexicon is written. Linear; plain ASCII costs next to nothing. */
export function foldText(text: string): Folded {
  if (ASCII.test(text)) return { text: text.toLowerCase(), invisible: 0, mixedWords: 0 };
  let invisible = 0;
  const visible = text.normalize('NFKC').replace(INVISIBLE, () => {
    invisible += 1;
    return '';
  });
  const plain = visible.toLowerCase().replace(ACCENTED, withoutAccent).replace(MARKS, '');
  if (!LATIN_LIKE.test(plain)) return { text: plain, invisible, mixedWords: 0 };
  let mixedWords = 0;
  const latin = plain.replace(WORD, (word) => {
    if (!LATIN_LIKE.test(word)) return word;
    if (!LATIN.test(word) && !isSmallCapitals(word)) return word;
    mixedWords += 1;
    return Array.from(word, (letter) => LATIN_OF.get(letter) ?? letter).join('');
  });
  return { text: latin, invisible, mixedWords };
}

/** Letters that Unicode does not take apart. */
const PLAIN: Record<string, string> = { ı: 'i', đ: 'd', ł: 'l', ø: 'o', ß: 'ss', æ: 'ae', œ: 'oe' };

function withoutAccent(letter: string): string {
  return PLAIN[letter] ?? letter.normalize('NFD').replace(MARKS, '');
}

/** Words written in phonetic small capitals belong to no language. */
function isSmallCapitals(word: string): boolean {
  return /^[\u0250-\u02af\u1d00-\u1d7f\ua720-\ua7ff]{3,}$/.test(word);
}
