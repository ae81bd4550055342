import { CORE_SCHEMA, load } from 'js-yaml';
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { isSame } from '@/lib/policy/diff';
import { type Path, type Position, type Source, SourceError } from './source';

/** More aliases than any hand writes; nested ones multiply, which is what a bomb lives on. */
const MAX_ALIASES = 100;

/**
 * What the two readers might take differently, or what one of them resolves without a bound: anchors,
 * aliases, tags, directives, several documents, and numbers that only YAML 1.1 knows.
 */
const NOT_PLAIN = /(^|[\s,[{:?-])[&*!%@`]|^(---|\.\.\.)|\?\s|<<|\d_|\b0[bB]/m;

/**
 * Reads one YAML 1.2 document. A plain text is read by js-yaml, which takes a seventh of the time; the
 * reader that keeps comments and places reads it when one of these is asked for, and every other text
 * from the start. @throws SourceError with the place of the first fault
 */
export function yamlSource(text: string): Source {
  let kept: Kept | undefined;
  const open = (): Kept => (kept ??= keepingReader(text));
  const fast = readPlain(text);
  const value = fast ? fast.value : open().value;
  return {
    value,
    positionOf: (path) => open().positionOf(path),
    set: (path, entry) => assign(open().document, path, entry),
    toString: () => open().document.toString({ lineWidth: 0 }),
  };
}

type Kept = Pick<Source, 'value' | 'positionOf'> & { document: Document };

/** Null when the text is left to the other reader, which also tells what is wrong with it. */
export function readPlain(text: string): { value: unknown } | null {
  if (NOT_PLAIN.test(text)) return null;
  try {
    return { value: load(text, { schema: CORE_SCHEMA }) ?? null };
  } catch {
    return null;
  }
}

/** @throws SourceError */
export function keepingReader(text: string): Kept {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    version: '1.2',
  });
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const [fault] = [...document.errors, ...document.warnings];
  if (fault) throw new SourceError(firstSentence(fault.message), at(fault.pos[0]));
  return {
    document,
    value: plain(document, at),
    positionOf: (path) => at(offsetOf(document, path)),
  };
}

function plain(document: Document, at: (offset: number) => Position): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown;
  } catch (error) {
    let offset = 0;
    visit(document, {
      Alias: (_key, node) => {
        offset = node.range?.[0] ?? offset;
        return undefined;
      },
    });
    const why =
      error instanceof ReferenceError
        ? `Too many aliases: at most ${MAX_ALIASES} are resolved.`
        : 'The document cannot be read as plain data.';
    throw new SourceError(why, at(offset));
  }
}

/** Of a key where the path ends in a map, of the item in a list. */
function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const key of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((each) => isScalar(each.key) && each.key.value === String(key));
      if (!pair) return offset;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      offset = startOf(node) ?? offset;
    } else return offset;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function assign(document: Document, path: Path, value: unknown): void {
  // Changing what an alias stands for would change every place it is used at.
  for (let length = 1; length < path.length; length += 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isAlias(node)) document.setIn(path.slice(0, length), detached(document, node));
  }
  const old = document.getIn(path, true);
  const kept = keep(document, old, value);
  if (kept !== old) document.setIn(path, kept);
}

function detached(document: Document, alias: Alias): Node {
  const copy = alias.resolve(document)?.clone() as Node | undefined;
  if (!copy) return document.createNode(null);
  visit(copy, { Node: (_key, node) => void ('anchor' in node && (node.anchor = undefined)) });
  return copy;
}

/** The old node changed into the value where that is possible, so that the comments in it stay. */
function keep(document: Document, old: unknown, value: unknown): unknown {
  if (isScalar(old) && (typeof value !== 'object' || value === null)) {
    old.value = value;
    return old;
  }
  if (isMap(old) && typeof value === 'object' && value !== null && !Array.isArray(value)) {
    keepMap(document, old, value as Record<string, unknown>);
    return old;
  }
  if (isSeq(old) && Array.isArray(value)) {
    keepList(document, old, value);
    return old;
  }
  return document.createNode(value);
}

function keepMap(document: Document, map: YAMLMap, value: Record<string, unknown>): void {
  const keys = map.items.map((pair) => (isScalar(pair.key) ? String(pair.key.value) : ''));
  for (const key of keys) if (!Object.hasOwn(value, key)) map.delete(key);
  for (const [key, entry] of Object.entries(value)) {
    const old = map.get(key, true);
    const kept = keep(document, old, entry);
    if (kept !== old) map.set(key, kept);
  }
}

function keepList(document: Document, list: YAMLSeq, values: readonly unknown[]): void {
  const left = [...list.items];
  list.items = values.map((value) => {
    const index = left.findIndex((item) => isNode(item) && isSame(item.toJS(document), value));
    return index < 0 ? document.createNode(value) : left.splice(index, 1)[0];
  });
}

/** Parser messages may go on with advice for programmers. */
function firstSentence(message: string): string {
  const [line = message] = message.split('\n');
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
