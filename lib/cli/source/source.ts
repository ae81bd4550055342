/** A place in a text, both from 1. */
export type Position = { line: number; column: number };
/** Keys and list indexes from the root of a document. */
export type Path = readonly (string | number)[];

/** A parsed text that can be changed without losing its comments. */
export type Source = {
  /** Plain data. */
  readonly value: unknown;
  /** Where the entry of a path begins, or the nearest one around it that is there. */
  positionOf(path: Path): Position;
  /** Puts a value at a path, as little as possible of the text changing. */
  set(path: Path, value: unknown): void;
  toString(): string;
};

/** A text that cannot be read. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  constructor(
    message: string,
    readonly position: Position,
  ) {
    super(message);
  }
}

/**
 * The segments of a dotted path as issues write it. Keys of maps may hold dots themselves
 * (`perModel.gpt-3.5-turbo`), so each step takes the longest key that the document has.
 */
export function pathOf(dotted: string, document: unknown): Path {
  const words = dotted.split('.').filter((word) => word !== '');
  const path: (string | number)[] = [];
  let node = document;
  while (words.length > 0) {
    let count = Array.isArray(node) ? 1 : words.length;
    while (count > 1 && !has(node, words.slice(0, count).join('.'))) count -= 1;
    const key = words.splice(0, count).join('.');
    path.push(Array.isArray(node) ? Number(key) : key);
    node = has(node, key) ? (node as Record<string, unknown>)[key] : undefined;
  }
  return path;
}

function has(node: unknown, key: string): boolean {
  return typeof node === 'object' && node !== null && Object.hasOwn(node, key);
}
