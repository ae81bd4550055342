/** Trouble that the last user message asks for, `[[status:429 retry-after:1]]` say. */
export type Directives = {
  /** Answer with this HTTP status instead of a completion. */
  status: number | null;
  /** `retry-after` header of that answer, in seconds. */
  retryAfterSeconds: number | null;
  /** Wait before the first byte, in milliseconds. */
  delayMs: number;
  /** Cut the connection after so many tokens. */
  dropAfterTokens: number | null;
  /** Make the answer exactly this long. */
  tokens: number | null;
  /** Wait between the tokens of a stream, in milliseconds. */
  paceMs: number;
};

const DIRECTIVE = /\[\[([a-z-]+:\d+(?:\s+[a-z-]+:\d+)*)\]\]/gi;

const MAX_DELAY_MS = 600_000;
const MAX_TOKENS = 100_000;

/** Reads the directives in a text; those it does not know are left alone as text. */
export function parseDirectives(text: string): { directives: Directives; rest: string } {
  const values = new Map<string, number>();
  const rest = text.replace(DIRECTIVE, (whole, body: string) => {
    const pairs = body.split(/\s+/).map((pair) => pair.split(':') as [string, string]);
    if (!pairs.every(([key]) => KNOWN.has(key.toLowerCase()))) return whole;
    for (const [key, value] of pairs) values.set(key.toLowerCase(), Number(value));
    return '';
  });
  const status = values.get('status') ?? null;
  const tokens = values.get('tokens');
  return {
    directives: {
      status: status !== null && status >= 400 && status <= 599 ? status : null,
      retryAfterSeconds: values.get('retry-after') ?? null,
      delayMs: Math.min(values.get('delay') ?? 0, MAX_DELAY_MS),
      dropAfterTokens: values.get('drop-after') ?? null,
      tokens: tokens === undefined ? null : Math.min(tokens, MAX_TOKENS),
      paceMs: Math.min(values.get('pace') ?? 0, MAX_DELAY_MS),
    },
    rest: rest.replace(/[ \t]{2,}/g, ' ').trim(),
  };
}

const KNOWN = new Set(['status', 'retry-after', 'delay', 'drop-after', 'tokens', 'pace']);
