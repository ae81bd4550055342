import type { Detector, PiiSpan } from './types';

const LONGEST_USERINFO = 512;
const SCHEME_END = /[a-z][a-z0-9+.-]{0,30}$/i;
/** A variable of a template or a mask stands where the password will be. */
const NO_PASSWORD = /^(?:\*+|x{3,}|\.{3}|…|\$\{?.*|\{.*|<.*|%.*%|\[.*)$/is;

/** User and password of a URL: `user:password` of `https://user:password@host`. */
export const detectUrlCredentials: Detector = (text) => {
  const spans: PiiSpan[] = [];
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const start = at + 3;
    const end = userinfoEnd(text, start);
    if (end < 0) continue;
    const colon = text.indexOf(':', start);
    if (colon < 0 || colon >= end - 1) continue;
    if (!SCHEME_END.test(text.slice(Math.max(0, at - 32), at))) continue;
    if (NO_PASSWORD.test(text.slice(colon + 1, end))) continue;
    spans.push({ entity: 'url_credentials', start, end, reason: 'user and password of a URL' });
  }
  return spans;
};

/** Position of the last `@` before the authority ends, or -1. */
function userinfoEnd(text: string, start: number): number {
  const limit = Math.min(text.length, start + LONGEST_USERINFO);
  let end = -1;
  for (let index = start; index < limit; index++) {
    const code = text.charCodeAt(index);
    if (code <= 32 || code === 34 || code === 47 || code === 60 || code === 62) break;
    if (code === 63 || code === 35 || code === 96) break;
    if (code === 64) end = index;
  }
  return end;
}
