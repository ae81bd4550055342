/**
 * Removal of characters that a reader does not see but a model and a filter do: zero-width,
 * bidirectional, tag, control and other default-ignorable characters, lone surrogates included.
 *
 * A few of them belong to honest text and stay where they have a meaning: a joiner inside an emoji or
 * between letters of a script that joins (Persian needs the non-joiner, Hindi both), the emoji
 * presentation selector, the tags of the three flags Unicode knows, and one variation selector after
 * an ideograph. Everywhere else, and in runs, they could carry hidden data and go.
 */
const INVISIBLE =
  /[\p{Default_Ignorable_Code_Point}\p{Cs}\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufff9-\ufffb]/gu;

const JOINING_LETTER =
  /^[\p{Script_Extensions=Arabic}\p{Script_Extensions=Syriac}\p{Script_Extensions=Mongolian}\p{Script_Extensions=Nko}\p{Script_Extensions=Devanagari}\p{Script_Extensions=Bengali}\p{Script_Extensions=Gurmukhi}\p{Script_Extensions=Gujarati}\p{Script_Extensions=Oriya}\p{Script_Extensions=Tamil}\p{Script_Extensions=Telugu}\p{Script_Extensions=Kannada}\p{Script_Extensions=Malayalam}\p{Script_Extensions=Sinhala}\p{Script_Extensions=Khmer}\p{Script_Extensions=Myanmar}\p{Script_Extensions=Tibetan}]$/u;
const LETTER_OR_MARK = /^[\p{L}\p{M}]$/u;
const PICTOGRAPH = /^\p{Extended_Pictographic}$/u;
const SKIN_TONE = /^\p{Emoji_Modifier}$/u;
const EMOJI = /^\p{Emoji}$/u;
const IDEOGRAPH = /^\p{Ideographic}$/u;
const MONGOLIAN = /^\p{Script=Mongolian}$/u;

const BLACK_FLAG = '\u{1f3f4}';
const tags = (region: string) =>
  [...region].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('') +
  '\u{e007f}';
const FLAG_TAGS = ['gbeng', 'gbsct', 'gbwls'].map(tags);
const LONGEST_FLAG = BLACK_FLAG.length + Math.max(...FLAG_TAGS.map((flag) => flag.length));

const ZWNJ = 0x200c;
const ZWJ = 0x200d;
const TEXT_STYLE = 0xfe0e;
const EMOJI_STYLE = 0xfe0f;
const KEYCAP = '\u20e3';

/** Removes invisible characters; returns the same string when there are none. */
export function stripInvisible(text: string): string {
  if (text.search(INVISIBLE) < 0) return text;
  return text.replace(INVISIBLE, (found: string, at: number) =>
    hasMeaning(found, at, text) ? found : '',
  );
}

/** NFKC, then removal, then NFKC again where removal brought characters together. */
export function sanitizeText(
  text: string,
  options: { normalizeUnicode: boolean; stripInvisible: boolean },
): string {
  const normal = options.normalizeUnicode ? text.normalize('NFKC') : text;
  if (!options.stripInvisible) return normal;
  const visible = stripInvisible(normal);
  return options.normalizeUnicode && visible !== normal ? visible.normalize('NFKC') : visible;
}

function hasMeaning(found: string, at: number, text: string): boolean {
  const code = found.codePointAt(0) ?? 0;
  const before = charBefore(text, at);
  if (code === ZWJ) return joinsEmoji(text, at) || joinsLetters(text, at, before);
  if (code === ZWNJ) return joinsLetters(text, at, before);
  if (code === EMOJI_STYLE || code === TEXT_STYLE) return stylesEmoji(text, at, before);
  if (code >= 0xe0020 && code <= 0xe007f) return isFlagTag(text, at);
  if (code >= 0xfe00 && code <= 0xfe0d) return IDEOGRAPH.test(before);
  if (code >= 0xe0100 && code <= 0xe01ef) return IDEOGRAPH.test(before);
  if ((code >= 0x180b && code <= 0x180d) || code === 0x180f) return MONGOLIAN.test(before);
  return false;
}

/** Between two pictographs, the first perhaps with a skin tone or a presentation selector. */
function joinsEmoji(text: string, at: number): boolean {
  let index = at;
  let before = charBefore(text, index);
  if (before === String.fromCodePoint(EMOJI_STYLE) || SKIN_TONE.test(before)) {
    index -= before.length;
    before = charBefore(text, index);
  }
  return PICTOGRAPH.test(before) && PICTOGRAPH.test(charAt(text, at + 1));
}

/** After a letter of a joining script and before another, or at the end of a word. */
function joinsLetters(text: string, at: number, before: string): boolean {
  if (!JOINING_LETTER.test(before) || !LETTER_OR_MARK.test(before)) return false;
  const after = charAt(text, at + 1);
  if (LETTER_OR_MARK.test(after)) return JOINING_LETTER.test(after);
  return text.charCodeAt(at) === ZWJ && after.search(INVISIBLE) < 0;
}

/** After an emoji; a digit, # or * is one only as a keycap. */
function stylesEmoji(text: string, at: number, before: string): boolean {
  if (!EMOJI.test(before)) return false;
  return before > '\u007f' || charAt(text, at + 1) === KEYCAP;
}

function isFlagTag(text: string, at: number): boolean {
  // A flag is short; looking no further back keeps the whole linear.
  const nearby = Math.max(0, at - LONGEST_FLAG);
  const start = text.slice(nearby, at).lastIndexOf(BLACK_FLAG);
  if (start < 0) return false;
  const from = nearby + start + BLACK_FLAG.length;
  return FLAG_TAGS.some((flag) => text.startsWith(flag, from) && at < from + flag.length);
}

function charAt(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
}

function charBefore(text: string, at: number): string {
  if (at === 0) return '';
  const low = text.charCodeAt(at - 1);
  const isPair = at > 1 && low >= 0xdc00 && low <= 0xdfff;
  const code = isPair ? text.codePointAt(at - 2) : low;
  return code === undefined || (isPair && code <= 0xffff)
    ? text.charAt(at - 1)
    : String.fromCodePoint(code);
}
