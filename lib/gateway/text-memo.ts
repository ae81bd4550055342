import { hash, randomBytes } from 'node:crypto';

/** Shorter texts are read as fast as they are looked up. */
const SHORTEST_CHARS = 32;

export type TextMemoOptions<Value> = {
  /** What all that is remembered may weigh together, at most. */
  maxWeight: number;
  weightOf: (value: Value) => number;
};

/**
 * Remembers what was found out about texts, as long as it is asked for: a conversation sends its earlier turns again
 * with each new one. No text is kept, only its SHA-256 under a salt of this process; what is
 * found out in one scope is not told in another, not even by how long it takes.
 */
export class TextMemo<Value extends object> {
  private readonly salt = randomBytes(16).toString('base64');
  /** What was asked for lately, and what was asked for before that: forgotten together when the former is full. */
  private recent = new Map<string, Value>();
  private former = new Map<string, Value>();
  private recentWeight = 0;

  constructor(private readonly options: TextMemoOptions<Value>) {}

  /** What `make` found out about a text, which must follow from the text alone. What it throws is not remembered. */
  get(scope: string, text: string, make: (text: string) => Value): Value {
    // Of halves of characters a hash of UTF-8 would know only that they were some.
    if (text.length < SHORTEST_CHARS || !text.isWellFormed()) return make(text);
    const key = hash('sha256', `${this.salt}${scope}\0${text}`, 'base64');
    const recent = this.recent.get(key);
    if (recent !== undefined) return recent;
    const value = this.former.get(key) ?? make(text);
    this.keep(key, value);
    return value;
  }

  /** How many texts are remembered. */
  get size(): number {
    return this.recent.size + [...this.former.keys()].filter((key) => !this.recent.has(key)).length;
  }

  private keep(key: string, value: Value): void {
    const { maxWeight, weightOf } = this.options;
    const weight = weightOf(value);
    if (weight > maxWeight / 2) return;
    if (this.recentWeight + weight > maxWeight / 2) {
      this.former = this.recent;
      this.recent = new Map();
      this.recentWeight = 0;
    }
    this.recent.set(key, value);
    this.recentWeight += weight;
  }
}
