import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { after, before, isDigit, isWordChar } from './context';
import { isDocumentNumber } from './identity-documents';
import type { Detector, PiiSpan } from './types';

const CANDIDATE =
  /(?:\+|\(\+?)?\d(?:[\d().\u00a0 \u2010-\u2015/-]{4,24}\d)(?:,? ?(?:x|ext\.?|extension|#) ?\d{1,6})?/gi;
const PHONE_WORDS =
  /phone|\btel\b|tel[.:]|mobil|\bcell|\bfax|\bcall|\bcalling|\bring\b|\bdial|text me|\bsms\b|messages? (?:to|on)|whats ?app|signal|viber|telegram|reach (?:me|us|him|her|them)|contact|hotline|landline|answering|voicemail|registered|desk:|office:|handy|rufnummer|anruf|ruf(?:en|t)? |durchwahl|t[ée]l[ée]f|portable|appel|llama|celular|m[óo]vil|chiam|cellulare|ligar|ligue|bellen|nummer|ring|tlf|puh|puhelin|zadzwo|komórk|hívj|volej|тел|моб|звон|τηλ|电话|電話|手机|전화|連絡/i;
const PHONE_WORDS_AFTER = /^[\s(,-]{0,3}(?:office|mobile|cell|fax|home|work|phone|tel|desk)\b/i;
const OTHER_NUMBER =
  /(?:order|invoice|tracking|sku|serial|isbn|issn|doi|ean|upc|imei|product|item|part|model|version|ticket|build|commit|account|acct|routing|reference|ref|case|id|zip|postcode|plz|population|price|total|amount|usd|eur|gbp|\$|€|£|port|pid|line|page|pp|vol|rev|bestell|rechnung|page|lat|lon|lng)(?: ?(?:number|nummer|numbers|no|num|id|code|nr|#))?\.?[^a-z0-9]{0,6}$/i;
const DATE_LIKE =
  /^\(?(?:(?:19|20)\d{2}[-/. ](?:0?[1-9]|1[0-2])[-/. ]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d{2}|(?:19|20)\d{2} ?[-–/] ?(?:19|20)?\d{2}$)/;
/** North American numbers: neither area nor exchange begins with 0 or 1. */
const NORTH_AMERICAN = /^(?:1[-. ]?)?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}([-. ]))[2-9]\d{2}[-. ]\d{4}$/;
/** National numbers as most countries write them: a trunk zero, then groups. */
const WITH_TRUNK_ZERO = /^\(?0\d{1,4}\)?(?:[ ./-]\d{2,8}){1,5}$/;

/**
 * Telephone numbers: international ones by libphonenumber, national ones by form, any other digits only after a
 * word for them.
 */
export const detectPhones: Detector = (text) => {
  const spans: PiiSpan[] = [];
  const candidates = new RegExp(CANDIDATE);
  for (let match = candidates.exec(text); match; match = candidates.exec(text)) {
    const start = match.index + (match[0].startsWith('(') && !match[0].includes(')') ? 1 : 0);
    const near: Near = { words: before(text, start, 36), named: null, other: null };
    for (const written of beginnings(balanced(match[0]))) {
      const end = start + written.length;
      if (isPartOfMore(text, start, end)) continue;
      const reason = reasonFor(text, written, start, end, near);
      if (reason === null) continue;
      spans.push({ entity: 'phone', start, end, reason });
      candidates.lastIndex = end;
      break;
    }
  }
  return spans;
};

/** The whole, then without its last groups: what stands behind a number may be another. */
function* beginnings(written: string): Generator<string> {
  let text = written;
  for (let tries = 0; tries < MOST_GROUPS && text.length >= SHORTEST; tries++) {
    yield text;
    const cut = text.search(/[ \u00a0]+[^ \u00a0]*$/);
    if (cut < 0) return;
    text = text.slice(0, cut);
  }
}
const MOST_GROUPS = 6;
const SHORTEST = 7;

/** What stands before a number; what it says is found out once, for all that the number could be. */
type Near = { words: string; named: boolean | null; other: boolean | null };

function reasonFor(
  text: string,
  written: string,
  start: number,
  end: number,
  near: Near,
): string | null {
  const [main = '', extension] = written.split(/,? ?(?:x|ext\.?|extension|#) ?/i);
  const count = main.replace(/\D/g, '').length;
  if (count < 6 || count > 15 || DATE_LIKE.test(main) || isIp(main)) return null;
  const isNamed = () => (near.named ??= PHONE_WORDS.test(near.words));
  if (/^\(?\+/.test(main)) {
    const number = parsePhoneNumberFromString(main.replace('(0)', ''));
    if (number?.isPossible()) return 'international number';
    return count >= 7 && isNamed() ? 'near a word for telephones' : null;
  }
  near.other ??= OTHER_NUMBER.test(near.words) || isDocumentNumber(text, start);
  if (near.other) return null;
  const named = isNamed() || PHONE_WORDS_AFTER.test(after(text, end));
  if (named && count >= 7) return 'near a word for telephones';
  if (main.startsWith('00') && count >= 10) {
    return parsePhoneNumberFromString(`+${main.slice(2)}`)?.isPossible()
      ? 'international number'
      : null;
  }
  if (NORTH_AMERICAN.test(main)) return 'form of a North American number';
  if (extension !== undefined && count >= 9) return 'number with an extension';
  if (WITH_TRUNK_ZERO.test(main) && count >= 9 && count <= 12 && !/^\d{3}-\d\d-\d{4}$/.test(main))
    return 'form of a national number';
  return null;
}

/** A closing bracket without its opening one belongs to the sentence. */
function balanced(written: string): string {
  let text = written;
  if (text.startsWith('(') && !text.includes(')')) text = text.slice(1);
  const surplus = text.indexOf(')');
  if (surplus >= 0 && !text.slice(0, surplus).includes('(')) text = text.slice(0, surplus);
  return text;
}

function isPartOfMore(text: string, start: number, end: number): boolean {
  if (isWordChar(text.charCodeAt(end)) || isWordChar(text.charCodeAt(start - 1))) return true;
  const joins = /[-./:,=#&]/;
  if (text[end] === '.' && isDigit(text.charCodeAt(end + 1))) return true;
  return (
    joins.test(text[start - 1] ?? '') &&
    isWordChar(text.charCodeAt(start - 2)) &&
    text[start - 1] !== ':'
  );
}

function isIp(main: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(main);
}
