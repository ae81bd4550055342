/** Alphabets of dots, digits and bits that a model reads as easily as letters. Each decoder is one linear pass. */

const MORSE = Object.fromEntries(
  'a.- b-... c-.-. d-.. e. f..-. g--. h.... i.. j.--- k-.- l.-.. m-- n-. o--- p.--. q--.- r.-. s... t- u..- v...- w.-- x-..- y-.-- z--.. 0----- 1.---- 2..--- 3...-- 4....- 5..... 6-.... 7--... 8---.. 9----.'
    .split(' ')
    .map((entry) => [entry.slice(1), entry[0] ?? '']),
);
/** Six letters or more; a rule of dashes or an ellipsis is shorter or one sign long. */
const MORSE_RUN = /(?:[.-]{1,5}(?: {1,3}|\n| ?[/|] ?)){6,4000}[.-]{1,5}/g;

/** Morse code: letters set apart by a space, words by more or by a slash. */
export function fromMorse(raw: string): string | null {
  const signs = raw.replace(/[•·∙]/g, '.').replace(/[–—−]/g, '-');
  const found = [...signs.matchAll(MORSE_RUN)].map(([run]) =>
    run
      .split(/ {2,}|\n| ?[/|] ?/)
      .map((word) =>
        word
          .split(' ')
          .map((letter) => MORSE[letter] ?? '')
          .join(''),
      )
      .join(' '),
  );
  return joined(found);
}

const BINARY_RUN = /(?:[01]{8}[\s,]{0,2}){6,2000}/g;
const DECIMAL_RUN = /(?:(?<!\d)\d{2,3}(?!\d)[\s,;]{1,2}){8,2000}\d{2,3}(?!\d)/g;

/** Characters written as eight bits each. */
export function fromBinary(raw: string): string | null {
  return joined(
    [...raw.matchAll(BINARY_RUN)].map(([run]) =>
      (run.match(/[01]{8}/g) ?? []).map((bits) => ascii(Number.parseInt(bits, 2))).join(''),
    ),
  );
}

/** Characters written as decimal ASCII codes. */
export function fromDecimal(raw: string): string | null {
  return joined(
    [...raw.matchAll(DECIMAL_RUN)].map(([run]) =>
      (run.match(/\d{2,3}/g) ?? []).map((digits) => ascii(Number(digits))).join(''),
    ),
  );
}

const BRAILLE = /[\u2800-\u283f]{2,}/;
/** Braille letters in Unicode order of their dots. */
const BRAILLE_LETTERS: Record<number, string> = Object.fromEntries(
  [1, 3, 9, 25, 17, 11, 27, 19, 10, 26, 5, 7, 13, 29, 21, 15, 31, 23, 14, 30, 37, 39, 58, 45, 61, 53].map(
    (dots, index) => [dots, String.fromCharCode(97 + index)],
  ),
); // prettier-ignore

export function fromBraille(raw: string): string | null {
  if (!BRAILLE.test(raw)) return null;
  return raw.replace(
    /[\u2800-\u283f]/g,
    (sign) => BRAILLE_LETTERS[sign.charCodeAt(0) - 0x2800] ?? ' ',
  );
}

const BASE32_RUN = /(?<![A-Za-z0-9])[A-Z2-7]{24,4000}={0,6}(?![A-Za-z0-9])/g;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 base32, where it decodes to text. */
export function fromBase32(raw: string): string | null {
  return joined(
    [...raw.matchAll(BASE32_RUN)].map(([run]) => {
      let bits = 0;
      let held = 0;
      let text = '';
      for (const letter of run.replaceAll('=', '')) {
        bits = ((bits << 5) | BASE32.indexOf(letter)) & 0xfff;
        held += 5;
        if (held < 8) continue;
        held -= 8;
        text += ascii((bits >> held) & 0xff);
      }
      return text;
    }),
  );
}

/** Printable ASCII; anything else stands for itself as a mark that this was no text. */
function ascii(code: number): string {
  return (code >= 32 && code < 127) || code === 10 ? String.fromCharCode(code) : '\ufffd';
}

function joined(texts: readonly string[]): string | null {
  const readable = texts.filter((text) => {
    const letters = text.match(/[a-z\s]/gi)?.length ?? 0;
    return letters >= text.length * 0.75;
  });
  return readable.length > 0 ? readable.join('\n') : null;
}
