import fc from 'fast-check';
import { expect, it } from 'vitest';
import { endsLikeStreet } from './lexicon';
import { fold, wordsOf } from './words';

/** What a word is, by definition. */
const WORD = /[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*|\d+[A-Za-z]?(?![\p{L}\d])|\d[\d\p{L}]*/gu;
const PIECES = ['a', 'Zoë', 'e\u0301', '\u0301', '12', '3b', 'b4', 'é', '’', "'", '-', ' ', '.', '_', '٣', '²', 'ß', 'İ', '𝐀', '😀', '\ud83d', '\udc00', '日本', '\u200d', 'ſ']; // prettier-ignore

const texts = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 30 }),
);

it('words and numbers are what the pattern says, wherever they stand', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const expected = [...text.matchAll(WORD)].map(({ 0: word, index }) => [index, word]);
      expect(wordsOf(text).map(({ start, text: word }) => [start, word])).toEqual(expected);
    }),
    { numRuns: 2_000 },
  );
});

it('words have their key with them, in lower case without accents', () => {
  const keys = wordsOf('Çağla O’Hara-Łódź STRASSE 12B').map(({ text, key }) => {
    expect(key).toBe(fold(text));
    return key;
  });
  expect(keys).toEqual(['cagla', "o'hara-lodz", 'strasse', '12b']);
});

it('words that end like a street are told by their whole ending', () => {
  const endings = ['straße', 'STRASSE', 'weg', 'WEG', 'väg', 'VÄG', 'gränd', 'gerði', 'allé', 'ſtr', 'tie', 'platz', 'parK', 'parkatu', 'poet', 'went', 'hers']; // prettier-ignore
  const known = /(?:stra(?:ß|ss)e|str|weg|väg|gränd|gerði|allé|tie|platz|katu)$/iu;
  for (const ending of endings)
    expect([ending, endsLikeStreet(`Haupt${ending}`)]).toEqual([ending, known.test(ending)]);
});
