import { isUtf8 } from 'node:buffer';
import { AppError } from '@/lib/errors/app-error';

/** Deeper values overflow the stack of every recursive consumer, `JSON.stringify` first. */
const MAX_DEPTH = 128;
const TOO_DEEP = `is nested deeper than ${MAX_DEPTH} levels. Flatten it`;
const BYTE_ORDER_MARK = 0xfeff;

/**
 * Parses a request body as RFC 8259 JSON in UTF-8; one leading byte order mark is ignored.
 * @throws AppError `invalid_json` when the bytes are not that, `invalid_request` when they hold so many
 * or so deep brackets that parsing them would take long.
 */
export function parseJson(bytes: Uint8Array): unknown {
  if (bytes.byteLength === 0) {
    throw new AppError('invalid_json', 'The body is empty. Send a JSON object.');
  }
  if (!isUtf8(bytes))
    throw new AppError('invalid_json', 'The body is not valid UTF-8. Send JSON in UTF-8.');
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.byteLength > SMALL_BODY_BYTES) assertParsable(buffer);
  const text = buffer.toString('utf8');
  try {
    return JSON.parse(text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text) as unknown;
  } catch (cause) {
    throw new AppError(
      'invalid_json',
      `The body is not valid JSON${placeOf(cause)}. Check its syntax.`,
      {
        cause,
      },
    );
  }
}

/** Smaller bodies are parsed in a few milliseconds whatever they hold. */
const SMALL_BODY_BYTES = 64 * 1024;
const MAX_CONTAINERS = 200_000;
const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Looks over a large body before it is parsed: V8 takes seconds for millions of brackets and would
 * hold up every other request. Strings, which large bodies consist of, are skipped at memchr's speed.
 */
function assertParsable(bytes: Buffer): void {
  let depth = 0;
  let containers = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = endOfString(bytes, at);
      if (at < 0) return;
    } else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      containers += 1;
      depth += 1;
      if (depth > MAX_DEPTH) throw invalid(undefined, TOO_DEEP);
      if (containers > MAX_CONTAINERS) {
        throw invalid(undefined, `holds more than ${MAX_CONTAINERS} lists and objects. Send fewer`);
      }
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth -= 1;
  }
}

/** Position of the quote that ends the string which begins at `start`, or -1. */
function endOfString(bytes: Buffer, start: number): number {
  for (let end = bytes.indexOf(QUOTE, start + 1); end >= 0; end = bytes.indexOf(QUOTE, end + 1)) {
    let backslashes = 0;
    while (bytes[end - 1 - backslashes] === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return -1;
}

/** V8 names a position but also quotes the text around it, which may be a prompt. */
function placeOf(cause: unknown): string {
  const position =
    cause instanceof Error ? /at position (\d+)/.exec(cause.message)?.[1] : undefined;
  return position === undefined ? '' : ` (at character ${position})`;
}

/**
 * Refuses values that parse but harm what handles them later: nesting over 128 levels, numbers
 * outside the range of a double, `__proto__` as a field name.
 * @throws AppError `invalid_request` whose `param` is the top-level field.
 */
export function assertHarmless(value: object, param?: string, depth = 1): void {
  if (depth > MAX_DEPTH) {
    throw invalid(param, TOO_DEEP);
  }
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) checkItem(item, param, depth);
    return;
  }
  for (const key of Object.keys(value)) {
    if (key === '__proto__')
      throw invalid(param ?? key, 'uses the field name "__proto__". Rename it');
    checkItem((value as Record<string, unknown>)[key], param ?? key, depth);
  }
}

function checkItem(item: unknown, param: string | undefined, depth: number): void {
  if (typeof item === 'object') {
    if (item !== null) assertHarmless(item, param, depth + 1);
  } else if (typeof item === 'number' && !Number.isFinite(item)) {
    throw invalid(
      param,
      'holds a number that is too large. Use a number within the range of a double',
    );
  }
}

function invalid(param: string | undefined, fault: string): AppError {
  return new AppError(
    'invalid_request',
    `${param ?? 'The body'} ${fault}.`,
    param === undefined ? {} : { param },
  );
}
