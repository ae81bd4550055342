import { fromBase32, fromBinary, fromBraille, fromDecimal, fromMorse } from './codes';

/** A reading of a text that was hidden in it. */
export type Layer = { name: LayerName; text: string };
export const LAYER_NAMES = [
  'tag characters',
  'base64',
  'base32',
  'binary',
  'decimal codes',
  'Morse code',
  'braille',
  'hexadecimal',
  'URL encoding',
  'quoted-printable',
  'HTML entities',
  'escapes',
  'leetspeak',
  'spaced letters',
  'rot13',
  'reversed text',
] as const;
export type LayerName = (typeof LAYER_NAMES)[number];

/** Bounds the work on one window, whatever it is made of. */
const MAX_DECODED = 6_000;
const MAX_RUNS = 8;

/**
 * Every reading of a text that differs from it, each layer decoded once. Each costs one pass, and those
 * after the cheap test for their characters only.
 * @param raw as received. @param folded the same, folded.
 */
export function hiddenLayers(raw: string, folded: string): Layer[] {
  const layers: Layer[] = [];
  const add = (name: LayerName, text: string | null) => {
    if (text !== null && text.length >= 6) layers.push({ name, text: text.slice(0, MAX_DECODED) });
  };
  add('tag characters', tagText(raw));
  add('base64', decodeRuns(raw, BASE64, fromBase64));
  add('base32', fromBase32(raw));
  if (raw.includes('0')) add('binary', fromBinary(raw));
  if (/\d/.test(raw)) add('decimal codes', fromDecimal(raw));
  if (/[.•·∙] ?[-–—−]|[-–—−] ?[.•·∙]/.test(raw)) add('Morse code', fromMorse(raw));
  add('braille', fromBraille(raw));
  add('hexadecimal', decodeRuns(raw, HEX, fromHex));
  if (raw.includes('%')) add('URL encoding', fromPercent(raw));
  if (raw.includes('=')) add('quoted-printable', fromQuotedPrintable(raw));
  if (raw.includes('&')) add('HTML entities', fromEntities(raw));
  if (raw.includes('\\')) add('escapes', fromEscapes(raw));
  add('leetspeak', fromLeet(folded));
  add('spaced letters', joinSpaced(folded));
  if (isRot13(folded)) add('rot13', rot13(folded));
  if (isReversed(folded)) add('reversed text', Array.from(folded).reverse().join(''));
  return layers;
}

const TAGS = /[\u{e0020}-\u{e007e}]/gu;
function tagText(raw: string): string | null {
  if (!raw.includes('\udb40')) return null;
  const letters = raw.match(TAGS) ?? [];
  return letters.map((tag) => String.fromCharCode((tag.codePointAt(0) ?? 0) - 0xe0000)).join('');
}

const BASE64 = /[A-Za-z0-9+/_-]{16,8000}={0,2}/g;
const HEX = /(?:(?:0x|\\x)?[0-9a-fA-F]{2}[\s,:]{0,2}){10,4000}/g;

function decodeRuns(
  raw: string,
  runs: RegExp,
  decode: (run: string) => string | null,
): string | null {
  const found: string[] = [];
  let tried = 0;
  for (const [run] of raw.matchAll(runs)) {
    if (++tried > MAX_RUNS * 4 || found.length >= MAX_RUNS) break;
    const text = decode(run);
    if (text !== null) found.push(text);
  }
  return found.length > 0 ? found.join('\n') : null;
}

function fromBase64(run: string): string | null {
  // Words and paths are base64 too; encoded prose has both cases or digits.
  if (!/[A-Z]/.test(run) || !/[a-z]/.test(run)) return null;
  const standard = run.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  const whole = standard.slice(0, standard.length - (standard.length % 4 === 1 ? 1 : 0));
  return readable(Uint8Array.from(atob(whole), (char) => char.charCodeAt(0)));
}

function fromHex(run: string): string | null {
  const digits = run.replace(/0x|\\x|[^0-9a-fA-F]/g, '');
  const bytes = new Uint8Array(digits.length >> 1);
  for (let at = 0; at < bytes.length; at++)
    bytes[at] = Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16);
  return readable(bytes);
}

/** The bytes as UTF-8 when that is prose: valid, printable, mostly letters. */
function readable(bytes: Uint8Array): string | null {
  const text = new TextDecoder('utf-8').decode(bytes);
  const good = text.match(/[\p{L}\p{M}\s]/gu)?.length ?? 0;
  return good >= text.length * 0.75 && !text.includes('\ufffd') ? text : null;
}

function fromPercent(raw: string): string | null {
  let count = 0;
  const decoded = raw.replace(/(?:%[0-9a-fA-F]{2}){1,600}/g, (run) => {
    count += run.length / 3;
    const bytes = Uint8Array.from(run.slice(1).split('%'), (pair) => Number.parseInt(pair, 16));
    return new TextDecoder('utf-8').decode(bytes);
  });
  return count >= 3 ? decoded.replaceAll('+', ' ') : null;
}

function fromQuotedPrintable(raw: string): string | null {
  let count = 0;
  const decoded = raw.replace(/(?:=[0-9A-F]{2}){1,600}/g, (run) => {
    count += run.length / 3;
    const bytes = Uint8Array.from(run.slice(1).split('='), (pair) => Number.parseInt(pair, 16));
    return new TextDecoder('utf-8').decode(bytes);
  });
  return count >= 6 ? decoded : null;
}

const ENTITIES: Record<string, string> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};
function fromEntities(raw: string): string | null {
  let count = 0;
  const decoded = raw.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|amp|quot|apos|nbsp));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      count += 1;
      if (name) return ENTITIES[name.toLowerCase()] ?? whole;
      return charOf(decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16));
    },
  );
  return count > 0 ? decoded : null;
}

function fromEscapes(raw: string): string | null {
  let count = 0;
  const decoded = raw.replace(
    /\\(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2})|([nrt"/]))/g,
    (_, four?: string, braced?: string, two?: string, control?: string) => {
      count += 1;
      if (control) return control === '"' || control === '/' ? control : '\n';
      return charOf(Number.parseInt(four ?? braced ?? two ?? '', 16));
    },
  );
  return count > 0 ? decoded : null;
}

function charOf(code: number): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

const LEET: Record<string, string> = {
  '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', '9': 'g',
  '@': 'a', $: 's', '!': 'i', '|': 'l', '+': 't', '€': 'e',
}; // prettier-ignore
const LEET_WORD = /[a-z0-9@$!|+€]{3,40}/g;
function fromLeet(folded: string): string | null {
  let words = 0;
  const decoded = folded.replace(LEET_WORD, (word) => {
    // A digit or sign between letters; versions, units and e-mail addresses have it at the edge.
    if (!/[a-z][0134578@$!|+€]{1,3}[a-z]|^[0134578@$!|][a-z]{2}/.test(word)) return word;
    words += 1;
    return word.replace(/[0-9@$!|+€]/g, (sign) => LEET[sign] ?? sign);
  });
  return words >= 2 ? decoded : null;
}

/** Letters set apart by single spaces, dots, dashes or underscores: i g n o r e, p.r.o.m.p.t. */
const SPACED = /(?<![a-z])[a-z](?:[ .\-_*|/][a-z]){3,400}(?![a-z])/g;
function joinSpaced(folded: string): string | null {
  let runs = 0;
  const joined = folded
    .replace(/(?<=(?<![a-z])[a-z]) {2,4}(?=[a-z](?![a-z]))/g, '\u0001')
    .replace(SPACED, (run) => {
      runs += 1;
      return run.replace(/[ .\-_*|/]/g, '');
    })
    .replaceAll('\u0001', ' ');
  return runs > 0 ? joined : null;
}

/** Words that give rot13 and reversed text away; two of them are asked for. */
const GIVEAWAYS = ['ignore', 'instructions', 'previous', 'prompt', 'system', 'rules', 'forget', 'reveal', 'disregard', 'pretend', 'password', 'secret', 'guidelines', 'above']; // prettier-ignore
const ROTATED = GIVEAWAYS.map(rot13);
const REVERSED = GIVEAWAYS.map((word) => [...word].reverse().join(''));
const isRot13 = (folded: string) => countOf(folded, ROTATED) >= 2;
const isReversed = (folded: string) => countOf(folded, REVERSED) >= 2;

function countOf(text: string, words: readonly string[]): number {
  let count = 0;
  for (const word of words) if (text.includes(word)) count += 1;
  return count;
}

function rot13(text: string): string {
  return text.replace(/[a-z]/g, (letter) =>
    String.fromCharCode(((letter.charCodeAt(0) - 97 + 13) % 26) + 97),
  );
}
