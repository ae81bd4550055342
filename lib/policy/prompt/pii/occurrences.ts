import type { PiiSpan } from '@/lib/pii/detect';
import { valuesOf, type Reading } from '@/lib/pii/redact/redact-text';
import type { PiiEntity } from '../schema';

/** What is told by its surroundings may stand elsewhere without them: "my name is Ada Byron ... Ada Byron". */
const BY_CONTEXT: ReadonlySet<PiiEntity> = new Set<PiiEntity>([
  'person',
  'address',
  'secret',
  'phone',
  'date_of_birth',
  'passport',
  'driver_license',
  'credit_card',
  'us_ssn',
  'url_credentials',
]);
const SHORTEST = 4;
/** Bounds the work on a text that is nothing but names. */
const MOST_VALUES = 200;

/**
 * Adds to a reading the places where a value stands that was recognised in another place of the request, so that
 * no value leaves in one place while it is replaced in another.
 */
export function otherOccurrences(
  readings: Iterable<Reading>,
  entities: ReadonlySet<PiiEntity>,
): (reading: Reading) => Reading {
  const values = new Map<string, PiiEntity>();
  for (const reading of readings) {
    for (const { entity, value } of valuesOf(reading)) {
      if (values.size >= MOST_VALUES) break;
      if (BY_CONTEXT.has(entity) && entities.has(entity) && value.length >= SHORTEST)
        values.set(value, entity);
    }
  }
  const extended = (reading: Reading): Reading => {
    const text = reading.view?.text ?? reading.text;
    const more: PiiSpan[] = [];
    for (const [value, entity] of values) {
      for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
        const end = at + value.length;
        if (standsAlone(text, at, end) && isWithinOneString(reading, at, end))
          more.push({ entity, start: at, end, reason: 'repeats a value found elsewhere' });
      }
    }
    const inner = new Map([...reading.inner].map(([index, nested]) => [index, extended(nested)]));
    return { ...reading, spans: merged(reading.spans, more), inner };
  };
  return values.size === 0 ? (reading) => reading : extended;
}

function standsAlone(text: string, start: number, end: number): boolean {
  return !/^[\p{L}\p{N}]$/u.test(text[start - 1] ?? '') && !/^[\p{L}\p{N}]$/u.test(text[end] ?? '');
}

/** In a view of JSON a value may also seem to stand across strings, or within JSON that is read by itself. */
function isWithinOneString({ view, inner }: Reading, start: number, end: number): boolean {
  if (!view) return true;
  let low = 0;
  let high = view.pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const { at, decoded } = view.pieces[middle]!;
    if (at + decoded.length >= end) high = middle;
    else low = middle + 1;
  }
  const index = low;
  const piece = view.pieces[index];
  return piece?.kind === 'string' && piece.at <= start && !inner.has(index);
}

/** Known spans stay; of the further ones, those that touch none. */
function merged(known: readonly PiiSpan[], more: readonly PiiSpan[]): PiiSpan[] {
  if (more.length === 0) return [...known];
  const ordered = [
    ...known.map((span) => ({ span, first: 0 })),
    ...more.map((span) => ({ span, first: 1 })),
  ].sort((a, b) => a.span.start - b.span.start || a.first - b.first || b.span.end - a.span.end);
  const result: { span: PiiSpan; first: number }[] = [];
  for (const entry of ordered) {
    const last = result.at(-1);
    if (!last || entry.span.start >= last.span.end) result.push(entry);
    else if (entry.first < last.first) result.splice(-1, 1, entry);
  }
  return result.map(({ span }) => span);
}
