import { detectPii, type DetectPii, type PiiSpan } from '@/lib/pii/detect';
import type { PiiEntity } from '@/lib/policy/prompt/schema';
import { jsonViewOf, type JsonPiece, type JsonView } from './json-view';
import { isPlaceholder } from './labels';
import type { PlaceholderVault } from './vault';

/** A text that has been read. Offsets of spans are of the text, or of `view` where the text is JSON. */
export type Reading = {
  text: string;
  view: JsonView | null;
  spans: PiiSpan[];
  /** Strings of the view that are JSON themselves, by their position among its pieces. */
  inner: Map<number, Reading>;
};

/** JSON within JSON within JSON is followed so far; what lies deeper is read as plain text. */
const DEEPEST = 5;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Looks for personal data in a text, in JSON with the strings as they are meant. */
export function readText(
  text: string,
  entities: ReadonlySet<PiiEntity>,
  detect: DetectPii = detectPii,
  depth = 0,
): Reading {
  const view = depth < DEEPEST ? jsonViewOf(text) : null;
  const inner = new Map<number, Reading>();
  view?.pieces.forEach((piece, index) => {
    if (piece.kind === 'other' || !/^\s*["{[]/.test(piece.decoded)) return;
    const reading = readText(piece.decoded, entities, detect, depth + 1);
    if (!reading.view) return;
    inner.set(index, reading);
  });
  const looked = view ? withoutInner(view, inner) : text;
  const spans = detect(looked, entities).filter(
    ({ start, end }) => !isPlaceholder(looked.slice(start, end)),
  );
  return { text, view, spans: view ? clipped(spans, view) : spans, inner };
}

/** The view with white space where JSON within it is read by itself. */
function withoutInner({ text, pieces }: JsonView, inner: ReadonlyMap<number, Reading>): string {
  if (inner.size === 0) return text;
  const parts: string[] = [];
  let position = 0;
  for (const index of inner.keys()) {
    const { at, decoded } = pieces[index]!;
    parts.push(text.slice(position, at), ' '.repeat(decoded.length));
    position = at + decoded.length;
  }
  return [...parts, text.slice(position)].join('');
}

/** All spans of a reading with the values they cover. */
export function valuesOf({ text, view, spans, inner }: Reading): (PiiSpan & { value: string })[] {
  const own = spans.map((span) => ({
    ...span,
    value: (view?.text ?? text).slice(span.start, span.end),
  }));
  return [...own, ...[...inner.values()].flatMap(valuesOf)];
}

/** How a value is written in place of a span. */
export type Writer = (span: PiiSpan, value: string) => string;

/** The text with every span replaced. JSON stays JSON: a number becomes a string, escapes are kept right. */
export function rewrite(reading: Reading, write: Writer, numbers: (value: string) => void): string {
  const { text, view, spans, inner } = reading;
  if (spans.length === 0 && inner.size === 0) return text;
  if (!view) return rewritePlain(text, spans, write, numbers);
  let next = 0;
  return view.pieces
    .map((piece, index) => {
      const nested = inner.get(index);
      if (nested) {
        const mapped = rewrite(nested, write, numbers);
        return mapped === piece.decoded ? piece.raw : JSON.stringify(mapped);
      }
      const end = piece.at + piece.decoded.length;
      const own: PiiSpan[] = [];
      while (next < spans.length && spans[next]!.start < end) own.push(spans[next++]!);
      return own.length === 0 ? piece.raw : rewritePiece(piece, own, write, numbers);
    })
    .join('');
}

function rewritePiece(
  { kind, decoded, at }: JsonPiece,
  spans: readonly PiiSpan[],
  write: Writer,
  numbers: (value: string) => void,
): string {
  let result = '';
  let position = 0;
  for (const span of spans) {
    const [start, end] = [span.start - at, span.end - at];
    const value = decoded.slice(start, end);
    const written = write(span, value);
    if (kind === 'other') numbers(value);
    result +=
      decoded.slice(position, start) + (kind === 'other' ? JSON.stringify(written) : written);
    position = end;
  }
  result += decoded.slice(position);
  return kind === 'other' ? result : JSON.stringify(result);
}

function rewritePlain(
  text: string,
  spans: readonly PiiSpan[],
  write: Writer,
  numbers: (value: string) => void,
): string {
  let result = '';
  let position = 0;
  for (const span of spans) {
    const { start, end } = withBrackets(text, span);
    const value = text.slice(start, end);
    const placeholder = write(span, value);
    result += text.slice(position, start);
    if (isJsonNumber(text, start, end)) {
      numbers(value);
      result += `"${placeholder}"`;
    } else if (span.entity === 'ip_address' && isHost(text, start)) {
      // Brackets in the place of a host would make it an IPv6 address.
      result += placeholder.slice(1, -1);
    } else {
      result += placeholder;
    }
    position = end;
  }
  return result + text.slice(position);
}

/** `"card": 4111111111111111,` in code or in a piece of JSON within prose. */
function isJsonNumber(text: string, start: number, end: number): boolean {
  return (
    /^\d+$/.test(text.slice(start, end)) &&
    /"\s{0,4}:\s{0,4}$/.test(text.slice(Math.max(0, start - 12), start)) &&
    /^\s{0,4}[,}\]\r\n]/.test(text.slice(end, end + 6))
  );
}

function isHost(text: string, start: number): boolean {
  return (
    text.startsWith('//', start - 2) ||
    /:\/\/[^\s/]{0,200}@$/.test(text.slice(Math.max(0, start - 210), start))
  );
}

/** An IPv6 address as a host takes its brackets along. */
function withBrackets(text: string, span: PiiSpan): { start: number; end: number } {
  const { start, end } = span;
  const isBracketed = text.startsWith('//[', start - 3) && text[end] === ']';
  return isBracketed ? { start: start - 1, end: end + 1 } : { start, end };
}

/** Spans end where their string ends; of what is between strings only numbers can be replaced. */
function clipped(spans: readonly PiiSpan[], { pieces }: JsonView): PiiSpan[] {
  const result: PiiSpan[] = [];
  let from = 0;
  for (const span of spans) {
    while (from < pieces.length && endOf(pieces[from]!) <= span.start) from++;
    for (let index = from; index < pieces.length && pieces[index]!.at < span.end; index++) {
      const piece = pieces[index]!;
      const start = Math.max(span.start, piece.at);
      const end = Math.min(span.end, endOf(piece));
      if (start >= end) continue;
      if (piece.kind === 'string') result.push({ ...span, start, end });
      else result.push(...numbersIn(piece, span, start, end));
    }
  }
  return result;
}

function numbersIn(piece: JsonPiece, span: PiiSpan, start: number, end: number): PiiSpan[] {
  return [...piece.decoded.matchAll(NUMBER)]
    .map((match) => ({
      start: piece.at + match.index,
      end: piece.at + match.index + match[0].length,
    }))
    .filter((number) => number.start < end && number.end > start)
    .map((number) => ({ ...span, ...number }));
}

function endOf({ at, decoded }: JsonPiece): number {
  return at + decoded.length;
}

/** Replaces what is found in one text by itself. */
export function redactText(
  text: string,
  entities: ReadonlySet<PiiEntity>,
  vault: PlaceholderVault,
  options: { hidden?: boolean; isKnown?: (value: string) => boolean; detect?: DetectPii } = {},
): { text: string; spans: PiiSpan[] } {
  const reading = withoutKnown(readText(text, entities, options.detect), options.isKnown);
  const spans = valuesOf(reading);
  if (spans.length === 0) return { text, spans };
  const write: Writer = ({ entity }, value) => vault.placeholderFor(entity, value, options.hidden);
  return { text: rewrite(reading, write, (value) => vault.noteNumber(value)), spans };
}

function withoutKnown(reading: Reading, isKnown?: (value: string) => boolean): Reading {
  if (!isKnown) return reading;
  const source = reading.view?.text ?? reading.text;
  return {
    ...reading,
    spans: reading.spans.filter(({ start, end }) => !isKnown(source.slice(start, end))),
    inner: new Map(
      [...reading.inner].map(([index, inner]) => [index, withoutKnown(inner, isKnown)]),
    ),
  };
}
