import {
  applyEdits,
  findNodeAtLocation,
  getNodeValue,
  modify,
  type Node,
  parseTree,
  type ParseError,
  printParseErrorCode,
} from 'jsonc-parser';
import { isJsonObject } from '@/lib/json-object';
import { isSame } from '@/lib/policy/diff';
import { type Path, type Position, type Source, SourceError } from './source';

const FORMAT = { formattingOptions: { insertSpaces: true, tabSize: 2, eol: '\n' } };

/** Reads JSON with comments and trailing commas. @throws SourceError with the place of the first fault */
export function jsonSource(text: string): Source {
  let current = text;
  let tree = treeOf(text);
  return {
    value: getNodeValue(tree) as unknown,
    positionOf: (path) => positionIn(current, offsetOf(tree, path)),
    set(path, value) {
      current = changed(current, tree, path, value);
      tree = treeOf(current);
    },
    toString: () => current,
  };
}

function treeOf(text: string): Node {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first) {
    throw new SourceError(
      spelled(printParseErrorCode(first.error)),
      positionIn(text, first.offset),
    );
  }
  if (!tree) throw new SourceError('The file is empty.', { line: 1, column: 1 });
  refuseRepeats(text, tree);
  return tree;
}

/** Parsers take the last of two; a reader sees the first. `__proto__` would vanish without a trace. */
function refuseRepeats(text: string, node: Node): void {
  if (node.type === 'object') {
    const seen = new Set<string>();
    for (const { children } of node.children ?? []) {
      const [key] = children ?? [];
      const name = String(key?.value);
      const fault = seen.has(name)
        ? `The key "${name}" stands here twice.`
        : name === '__proto__' && 'There is no field "__proto__" here.';
      if (fault) throw new SourceError(fault, positionIn(text, key?.offset ?? node.offset));
      seen.add(name);
    }
  }
  for (const child of node.children ?? []) refuseRepeats(text, child);
}

/** Maps are changed key by key, so that comments between their entries stay; lists as a whole. */
function changed(text: string, tree: Node, path: Path, value: unknown): string {
  const node = findNodeAtLocation(tree, [...path]);
  if (node?.type !== 'object' || !isJsonObject(value)) {
    return applyEdits(text, modify(text, [...path], value, FORMAT));
  }
  const old = getNodeValue(node) as Record<string, unknown>;
  const keys = [...new Set([...Object.keys(old), ...Object.keys(value)])];
  return keys
    .filter((key) => !isSame(old[key], value[key]))
    .reduce((result, key) => changed(result, treeOf(result), [...path, key], value[key]), text);
}

function offsetOf(tree: Node, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(tree, [...path.slice(0, length)]);
    // Of an entry the key; of a list's item the item.
    if (node) return node.parent?.type === 'property' ? node.parent.offset : node.offset;
  }
  return tree.offset;
}

function positionIn(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** `CommaExpected` → `comma expected`. */
function spelled(code: string): string {
  const words = code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return `Not valid JSON: ${words}.`;
}
