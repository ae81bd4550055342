/** A trie while it is built. */
type Draft = { children: Map<number, Draft>; star: Draft | null; exact: number; open: number };

/** What a word of a lexicon means, one bit for each meaning. */
export type TrieEntry = { word: string; mask: number };

const STAR = 42;
/** Of the root, children are found by their character; anywhere else there are few. */
const ROOT = 0;

/**
 * Words in a form that is walked without allocation and, since the children of a node stand side by side, with
 * few misses of the processor's caches. `*` in a word stands for any ending of the word so far; a word that ends
 * in one is `open`.
 */
export class Trie {
  /** Masks of the words that end at a node, and of those that end there with any ending. */
  readonly exact: Int32Array;
  readonly open: Int32Array;
  /** The node behind a `*`, or 0. */
  readonly star: Int32Array;
  private readonly first: Int32Array;
  private readonly count: Uint16Array;
  private readonly label: Uint16Array;
  private readonly fromRoot = new Int32Array(0x10000);

  /** @param characterOf as what a character of a word is looked up */
  constructor(entries: Iterable<TrieEntry>, characterOf: (code: number) => number) {
    const nodes = inBreadth(draftOf(entries, characterOf));
    this.exact = Int32Array.from(nodes, ({ draft }) => draft.exact);
    this.open = Int32Array.from(nodes, ({ draft }) => draft.open);
    this.star = Int32Array.from(nodes, ({ star }) => star);
    this.first = Int32Array.from(nodes, ({ first }) => first);
    this.count = Uint16Array.from(nodes, ({ draft }) => draft.children.size);
    this.label = Uint16Array.from(nodes, ({ label }) => label);
    for (let child = 1; child <= (this.count[ROOT] ?? 0); child++)
      this.fromRoot[this.label[child] ?? 0] = child;
  }

  /** The child of a node behind a character, or 0 when there is none: nothing leads back to the root. */
  next(node: number, code: number): number {
    if (node === ROOT) return this.fromRoot[code] ?? 0;
    const { label } = this;
    const first = this.first[node] ?? 0;
    const end = first + (this.count[node] ?? 0);
    for (let child = first; child < end; child++) if (label[child] === code) return child;
    return 0;
  }
}

function draftOf(entries: Iterable<TrieEntry>, characterOf: (code: number) => number): Draft {
  const empty = (): Draft => ({ children: new Map(), star: null, exact: 0, open: 0 });
  const root = empty();
  for (const { word, mask } of entries) {
    let draft = root;
    for (let at = 0; at < word.length; at++) {
      const code = word.charCodeAt(at);
      const character = characterOf(code);
      const known = code === STAR ? draft.star : draft.children.get(character);
      const next = known ?? empty();
      if (code === STAR) draft.star = next;
      else draft.children.set(character, next);
      draft = next;
    }
    if (word.endsWith('*')) draft.open |= mask;
    else draft.exact |= mask;
  }
  return root;
}

type Node = { draft: Draft; label: number; first: number; star: number };

/** Nodes in the order in which they are stored: the children of each in a row. */
function inBreadth(root: Draft): Node[] {
  const nodes: Node[] = [];
  const add = (draft: Draft, label: number) => nodes.push({ draft, label, first: 0, star: 0 }) - 1;
  add(root, 0);
  // What is added on the way is visited too.
  for (const node of nodes) {
    node.first = nodes.length;
    for (const [label, child] of node.draft.children) add(child, label);
    if (node.draft.star) node.star = add(node.draft.star, 0);
  }
  return nodes;
}
