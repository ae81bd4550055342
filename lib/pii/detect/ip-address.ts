import { before, isDigit, isWordChar } from './context';
import type { PiiSpan, TraitDetector } from './types';

const V4 = /\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}/g;
const V6 = /[0-9a-f]{0,4}:[0-9a-f:]{2,38}(?:\d{1,3}(?:\.\d{1,3}){3})?/gi;
const VERSION_BEFORE =
  /(?:\bv\.? ?|versions?:? ?|\bver\.? ?|release:? ?|build:? ?|(?:[=<>~]=|[~^])|@|section |chapter |clause |§ ?|firmware:? ?|oid:? ?)$/i;
/** Needed beside a word for versions, and for four single digits, which number sections as well. */
const ADDRESS_WORDS = /ip\b|addr|host|server|client|from|ping|\/\/$/i;

/** IP addresses that tell where somebody is: not this machine (loopback), nowhere, everywhere or a net mask. */
export const detectIpAddresses: TraitDetector = (text, _words, { digits, dots, colons }) => [
  ...(digits >= 4 && dots >= 3 ? version4(text) : []),
  ...(colons >= 2 ? version6(text) : []),
];

function version4(text: string): PiiSpan[] {
  const spans: PiiSpan[] = [];
  for (const { 0: address, index: start } of text.matchAll(V4)) {
    const end = start + address.length;
    if (isPartOfMore(text, start, end) || !tellsAnybody(address)) continue;
    const isDoubtful = VERSION_BEFORE.test(before(text, start, 12)) || address.length === 7;
    if (isDoubtful && !ADDRESS_WORDS.test(before(text, start, 24))) continue;
    spans.push({ entity: 'ip_address', start, end, reason: 'IPv4 address' });
  }
  return spans;
}

function version6(text: string): PiiSpan[] {
  const spans: PiiSpan[] = [];
  for (const match of text.matchAll(V6)) {
    const address = match[0].replace(/(?<!:):$/, '');
    const end = match.index + address.length;
    if (isWordChar(text.charCodeAt(match.index - 1)) || isWordChar(text.charCodeAt(end))) continue;
    if (text[match.index - 1] === ':' || text[match.index - 1] === '.') continue;
    if (!isV6(address)) continue;
    spans.push({ entity: 'ip_address', start: match.index, end, reason: 'IPv6 address' });
  }
  return spans;
}

function isPartOfMore(text: string, start: number, end: number): boolean {
  const previous = text.charCodeAt(start - 1);
  const next = text.charCodeAt(end);
  if (isWordChar(previous) || isWordChar(next)) return true;
  const joins = (sign: string | undefined) => sign === '.' || sign === '-';
  return (
    (joins(text[start - 1]) && isWordChar(text.charCodeAt(start - 2))) ||
    (text[end] === '.' && isDigit(text.charCodeAt(end + 1))) ||
    (text[end] === '-' && isWordChar(text.charCodeAt(end + 1)))
  );
}

function tellsAnybody(address: string): boolean {
  const octets = address.split('.').map(Number);
  const [first = 0] = octets;
  if (octets.some((octet) => octet > 255)) return false;
  if (address.split('.').some((octet) => octet.length > 1 && octet.startsWith('0'))) return false;
  return first !== 0 && first !== 127 && first !== 255;
}

/** RFC 4291 text form, with at least three groups or a digit in each of two, so that `a::b` stays code. */
function isV6(address: string): boolean {
  const [head = '', tail, more] = address.split('::');
  if (more !== undefined) return false;
  const groups = [...head.split(':'), ...(tail ?? '').split(':')].filter((group) => group !== '');
  const v4 = groups.at(-1)?.includes('.') ? 1 : 0;
  if (v4 && !tellsAnybody(groups.at(-1) ?? '')) return false;
  if (!groups.slice(0, groups.length - v4).every((group) => /^[0-9a-f]{1,4}$/i.test(group)))
    return false;
  const count = groups.length + v4;
  if (tail === undefined) return count === 8;
  if (count > 7 || !/\d/.test(address)) return false;
  return count >= 3 || /^(?:fe80|f[cd][0-9a-f]{2}|2[0-9a-f]{3})$/i.test(groups[0] ?? '');
}
