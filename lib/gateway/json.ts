import { isUtf8 } from 'node:buffer';
import { AppError } from '@/lib/errors/app-error';

/** Deeper values overflow the stack of every recursive consumer, `JSON.stringify` first. */
const MAX_DEPTH = 128;
const BYTE_ORDER_MARK = 0xfeff;

/**
 * Parses a request body as RFC 8259 JSON in UTF-8; one leading byte order mark is ignored.
 * @throws AppError `invalid_json` when the bytes are not that.
 */
export function parseJson(bytes: Uint8Array): unknown {
  if (bytes.byteLength === 0) {
    throw new AppError('invalid_json', 'The body is empty. Send a JSON object.');
  }
  if (!isUtf8(bytes))
    throw new AppError('invalid_json', 'The body is not valid UTF-8. Send JSON in UTF-8.');
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
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
    throw invalid(param, `is nested deeper than ${MAX_DEPTH} levels. Flatten it`);
  }
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) checkItem(item, param, depth);
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    if (key === '__proto__')
      throw invalid(param ?? key, 'uses the field name "__proto__". Rename it');
    checkItem(item, param ?? key, depth);
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
