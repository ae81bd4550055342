/** Rewrites a text that comes in pieces. What it returns, joined, is the rewritten text. */
export interface TextFilter {
  /** What may be let out now. */
  push(text: string): string;
  /** The rest, once nothing more comes. */
  end(): string;
}
