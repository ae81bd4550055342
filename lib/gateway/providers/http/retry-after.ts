/** Response headers with lower-case names, as undici gives them. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** A header's first value, or null. */
export function header(headers: Headers, name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

/**
 * How long a provider asks to wait, in milliseconds: `retry-after-ms`, else `retry-after` in seconds or
 * as an HTTP date (RFC 9110 §10.2.3). Null when it says nothing that can be read.
 */
export function retryAfterMs(headers: Headers, now: number = Date.now()): number | null {
  const milliseconds = positiveNumber(header(headers, 'retry-after-ms'));
  if (milliseconds !== null) return milliseconds;
  const text = header(headers, 'retry-after');
  if (text === null) return null;
  const seconds = positiveNumber(text);
  if (seconds !== null) return Math.round(seconds * 1000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

function positiveNumber(text: string | null): number | null {
  return text !== null && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : null;
}
