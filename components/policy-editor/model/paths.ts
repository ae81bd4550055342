/** A place in a policy document; keys of maps stand whole, whatever dots they hold. */
export type Segments = readonly (string | number)[];

function isContainer(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The value at a place, undefined where there is none. */
export function getAt(root: unknown, segments: Segments): unknown {
  return segments.reduce<unknown>((node, key) => (isContainer(node) ? node[key] : undefined), root);
}

/** A copy with one value replaced; what is not on the way is shared. */
export function setAt<T>(root: T, segments: Segments, value: unknown): T {
  const [head, ...rest] = segments;
  if (head === undefined) return value as T;
  const copy: unknown = Array.isArray(root) ? [...root] : { ...(root as object) };
  (copy as Record<string | number, unknown>)[head] = setAt(getAt(root, [head]), rest, value);
  return copy as T;
}

/**
 * The segments of a dotted path as the API writes it. A key of a map may hold dots itself
 * (`perModel.gpt-3.5-turbo.requestsPerMinute`), so each step takes the longest key the document has.
 */
export function segmentsOf(path: string, document: unknown): string[] {
  const words = path.split('.').filter((word) => word !== '');
  const segments: string[] = [];
  let node: unknown = document;
  while (words.length > 0) {
    const taken = longestKey(words, node);
    const key = words.splice(0, taken).join('.');
    segments.push(key);
    node = getAt(node, [key]);
  }
  return segments;
}

function longestKey(words: readonly string[], node: unknown): number {
  if (!isContainer(node)) return 1;
  for (let count = words.length; count > 1; count -= 1)
    if (words.slice(0, count).join('.') in node) return count;
  return 1;
}
