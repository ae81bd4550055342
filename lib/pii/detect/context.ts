const BEFORE_CHARS = 48;
const AFTER_CHARS = 16;

/** What stands before a span, for words that tell what it is. */
export function before(text: string, start: number, chars = BEFORE_CHARS): string {
  return text.slice(Math.max(0, start - chars), start);
}

/** What stands after a span. */
export function after(text: string, end: number, chars = AFTER_CHARS): string {
  return text.slice(end, end + chars);
}

/** Whether no letter, digit or underscore touches the span on either side. */
export function standsAlone(text: string, start: number, end: number): boolean {
  return !isWordChar(text.charCodeAt(start - 1)) && !isWordChar(text.charCodeAt(end));
}

/** Letters and digits of ASCII, the underscore, and letters beyond Latin-1; NaN (outside the text) is none. */
export function isWordChar(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 95 ||
    (code >= 0xc0 && code <= 0x1fff && code !== 0xd7 && code !== 0xf7)
  );
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
