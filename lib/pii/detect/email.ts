import { isWordChar } from './context';
import type { Detector, PiiSpan } from './types';

const LONGEST_LOCAL = 64;
const LONGEST_DOMAIN = 253;
const LOCAL_SIGNS = new Set([...".!#$%&'*+/=?^`{|}~-"].map((sign) => sign.charCodeAt(0)));
/** The end of a local part; what a sentence or code puts before it does not belong to it. */
const LOCAL = /[\p{L}\p{N}_][\p{L}\p{N}\p{M}._%+'~-]*$/u;
const DOMAIN =
  /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}\p{M}])?\.){1,8}(?:\p{L}[\p{L}\p{M}]{1,23}|xn--[a-z0-9-]{2,40})(?![\p{L}\p{N}_])/iu;
/** Pictures for screens of double density are called `logo@2x.png`. */
const PICTURE = /^\dx\.(?:png|jpe?g|gif|webp|svg|avif)$/i;
const SPELT_OUT =
  /[\w.+-]{1,64} {0,2}[[({] ?at ?[\])}] {0,2}[\w-]{1,63}(?:(?:\.| {0,2}[[({] ?dot ?[\])}] {0,2})[\w-]{1,63}){1,4}/gi;

/** E-mail addresses, international ones, percent-encoded ones (`bob%40example.com`) and `bob [at] example.com`. */
export const detectEmails: Detector = (text) => {
  const spans: PiiSpan[] = [];
  const found = (start: number, end: number, reason: string) =>
    spans.push({ entity: 'email', start, end, reason });
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const end = domainEnd(text, at + 1);
    if (end < 0) continue;
    const start = localStart(text, at);
    if (start < 0 || isNoAddress(text, start, at, end)) continue;
    found(start, end, 'address with a domain');
  }
  for (let at = text.indexOf('%40'); at >= 0; at = text.indexOf('%40', at + 3)) {
    const end = domainEnd(text, at + 3);
    const start = end < 0 ? -1 : localStart(text, at);
    if (start >= 0) found(start, end, 'percent-encoded address');
  }
  if (/[[({] ?at ?[\])}]/i.test(text)) {
    for (const match of text.matchAll(SPELT_OUT))
      found(match.index, match.index + match[0].length, 'address spelt out');
  }
  return spans;
};

function localStart(text: string, at: number): number {
  let start = at;
  const least = Math.max(0, at - LONGEST_LOCAL);
  while (start > least) {
    const code = text.charCodeAt(start - 1);
    if (!isWordChar(code) && !LOCAL_SIGNS.has(code) && code < 0x2000) break;
    start--;
  }
  const match = LOCAL.exec(text.slice(start, at));
  if (!match || match[0].endsWith('.')) return -1;
  return start + match.index;
}

function domainEnd(text: string, from: number): number {
  const match = DOMAIN.exec(text.slice(from, from + LONGEST_DOMAIN));
  return match ? from + match[0].length : -1;
}

/** `git@host:path`, `logo@2x.png`, and the user of a URL, which is a credential or none of ours. */
function isNoAddress(text: string, start: number, at: number, end: number): boolean {
  if (PICTURE.test(text.slice(at + 1, end))) return true;
  if (text.slice(start, at) === 'git' && text[end] === ':') return true;
  if (text.startsWith('//', start - 2)) return true;
  return (
    text[start - 1] === ':' &&
    /:\/\/[^\s/@]{0,256}:$/.test(text.slice(Math.max(0, start - 280), start))
  );
}
