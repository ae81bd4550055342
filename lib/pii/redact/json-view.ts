/** A part of a JSON text: a string, as it is meant, or what stands between strings. */
export type JsonPiece = {
  kind: 'string' | 'other';
  raw: string;
  /** What a string says, without quotes; of other pieces the same as `raw`. */
  decoded: string;
  /** Where `decoded` begins in the view. */
  at: number;
};
/** A JSON text with its strings decoded, so that keys stand before their values and escapes hide nothing. */
export type JsonView = { text: string; pieces: JsonPiece[] };

const STRING_LITERAL = /"(?:[^"\\]|\\.)*"/gs;

/** The view of a text that is a JSON object, list or string; null for any other text. */
export function jsonViewOf(text: string): JsonView | null {
  if (!isJson(text)) return null;
  const pieces: JsonPiece[] = [];
  const parts: string[] = [];
  let length = 0;
  const other = (raw: string) => {
    if (raw === '') return;
    pieces.push({ kind: 'other', raw, decoded: raw, at: length });
    parts.push(raw);
    length += raw.length;
  };
  let position = 0;
  for (const { 0: raw, index } of text.matchAll(STRING_LITERAL)) {
    other(text.slice(position, index));
    position = index + raw.length;
    const decoded = raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1);
    pieces.push({ kind: 'string', raw, decoded, at: length + 1 });
    parts.push('"', decoded, '"');
    length += decoded.length + 2;
  }
  other(text.slice(position));
  return { text: parts.join(''), pieces };
}

function isJson(text: string): boolean {
  const first = /^\s*(["{[])/.exec(text)?.[1];
  const last = first === undefined ? '' : LAST.get(first);
  if (!last || !text.trimEnd().endsWith(last)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    // Prose in brackets, or JSON that was cut off: it is read as plain text.
    return false;
  }
}

const LAST = new Map([
  ['{', '}'],
  ['[', ']'],
  ['"', '"'],
]);
