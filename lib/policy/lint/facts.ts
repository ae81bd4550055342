/** A provider connection as the rules see it: no credential. */
export type LintConnection = {
  name: string;
  /** Provider kind: `openai`, `anthropic`, … */
  kind: string;
  enabled: boolean;
  /** Models it lists; empty: whatever its kind serves. */
  models: readonly string[];
  /** What the provider itself permits, where known. */
  requestsPerMinute?: number;
  tokensPerMinute?: number;
};

/** USD per million tokens, as decimal strings. */
export type LintPrice = { inputPerMillion: string; outputPerMillion: string };

/** A model at a connection. */
export type LintTarget = { provider: string; kind: string; model: string };

/**
 * What is known of a policy's surroundings. Every fact may be absent: then the rules that need it are
 * silent, so that a policy can be linted with nothing but its own text.
 */
export type LintFacts = {
  /** All connections of the tenant, those that are off included. */
  connections?: readonly LintConnection[];
  /** Whether a kind of provider is known to serve a bare model name. */
  serves?(kind: string, model: string): boolean;
  /** Price of a target, null when it has none. */
  priceOf?(target: LintTarget): LintPrice | null;
  /** Longest time a whole request may take, milliseconds. */
  deadlineMs?: number;
  /** Whether alert e-mail can be sent. */
  emailConfigured?: boolean;
};
