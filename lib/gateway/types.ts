import type { ChatChunk, ChatCompletion, ChatRequest } from '@/lib/openai/wire';
import type { Findings } from '@/lib/policy/decision';
import type { RolePolicy } from '@/lib/policy/role-policy';

export type * from '@/lib/openai/wire';

/**
 * The gateway's vocabulary and its ports. Everything that touches a database, a network or a clock
 * comes in through an interface of this file, so that the pipeline runs in a test with none of them.
 */

// ---------------------------------------------------------------- usage and price

/** Tokens of one upstream answer, by the classes that are priced apart. All are counts of tokens. */
export type Usage = {
  /** All prompt tokens, cached ones and cache writes included. */
  inputTokens: number;
  /** Of `inputTokens`: read from the provider's prompt cache. */
  cachedInputTokens: number;
  /** Of `inputTokens`: written to the provider's prompt cache, five minutes and one hour apart. */
  cacheWrite5mTokens: number;
  cacheWrite1hTokens: number;
  /** All generated tokens, reasoning included. */
  outputTokens: number;
  /** Of `outputTokens`: spent on reasoning. */
  reasoningTokens: number;
  /** Audio tokens where the provider reports them, of input and output. */
  inputAudioTokens?: number;
  outputAudioTokens?: number;
  /** Of `inputAudioTokens`: read from the provider's prompt cache. */
  cachedInputAudioTokens?: number;
  /** Image tokens where the provider reports them, and those of them read from its prompt cache. */
  inputImageTokens?: number;
  cachedInputImageTokens?: number;
  outputImageTokens?: number;
  /** Web searches the provider made and bills apart. A count, not tokens. */
  webSearches?: number;
};

/** What a model costs; `costUsd` is a plain decimal string with at most 10 decimals. */
export interface PriceBook {
  /** Cost of `usage` on a target, or null when the model has no price. */
  costOf(
    target: { provider: string; kind: ProviderKind; model: string },
    usage: Usage,
  ): string | null;
  /**
   * Upper bound of the cost of a call with at most these tokens, or null when the model has no price.
   * Unless told otherwise every token is taken at the dearest rate the model has for it.
   */
  worstCaseOf(
    target: { provider: string; kind: ProviderKind; model: string },
    tokens: {
      input: number;
      output: number;
      /** The request carries neither audio nor images nor video and asks for none. */
      textOnly?: boolean;
      /** False when the request asks for no prompt-cache writes and the provider makes none by itself. */
      cacheWrites?: boolean;
    },
  ): string | null;
}

// ---------------------------------------------------------------- providers

export const PROVIDER_KINDS = [
  'openai',
  'anthropic',
  'gemini',
  'azure-openai',
  'bedrock',
  'mistral',
  'groq',
  'deepseek',
  'together',
  'openrouter',
  'cohere',
  'ollama',
  'openai-compatible',
  'sandbox',
] as const;
export type ProviderKind = (typeof PROVIDER_KINDS)[number];

/** A tenant's connection to a provider, credential in the clear: lives in memory only, never logged. */
export type ProviderConnection = {
  id: string;
  tenantId: string;
  /** Slug, unique in the tenant: the `provider` of `provider/model`. */
  name: string;
  kind: ProviderKind;
  baseUrl: string | null;
  /** API key; for bedrock `accessKeyId:secretAccessKey[:sessionToken]` or a Bedrock API key; empty for ollama and sandbox. */
  credential: string;
  /** Model ids this connection serves, in the upstream's own names. Empty: any model may be asked of it by `provider/model`, and catalogue models of its kind by bare name. */
  models: string[];
  enabled: boolean;
};

/** Where a request goes: a connection and the upstream's own model id. */
export type Target = { connection: ProviderConnection; model: string };

export type UpstreamCall = {
  target: Target;
  /** Final request: policy has been applied, `model` is still what the client wrote. */
  request: ChatRequest;
  /** Aborts the attempt: client gone, time out, drain. */
  signal: AbortSignal;
};

export type UpstreamEvent = {
  chunk: ChatChunk;
  /** The event's `data:` payload as the upstream wrote it, when it already was OpenAI's format: relayed byte for byte if nothing had to change. */
  raw?: string;
};

export type UpstreamAnswer =
  | {
      stream: false;
      completion: ChatCompletion;
      usage: Usage | null;
      /** The body as the upstream wrote it, when it already was OpenAI's format. */
      raw?: Uint8Array;
    }
  | {
      stream: true;
      /**
       * As many at a time as came at once, never none. Ends normally only when the upstream ended its stream as its
       * protocol says; throws UpstreamError otherwise.
       */
      events: AsyncIterable<readonly UpstreamEvent[]>;
      /** Usage known so far; complete once `events` has ended. */
      usage(): Usage | null;
    };

export type UpstreamErrorKind =
  | 'connect' // DNS, TLS, refused, forbidden address: nothing was sent
  | 'timeout'
  | 'reset' // connection lost before the answer was whole
  | 'status' // an HTTP error status
  | 'invalid' // an answer that is not what the protocol says, errors in disguise included
  | 'aborted';

/** A failed attempt. `message` is safe for clients: no URL with a query, no header, no key. */
export class UpstreamError extends Error {
  readonly kind: UpstreamErrorKind;
  /** The upstream's HTTP status, when it gave one. */
  readonly status: number | null;
  /** The provider's own error code or type (`overloaded_error`, `context_length_exceeded`). */
  readonly providerCode: string | null;
  /** From `retry-after-ms` / `retry-after`, in milliseconds from the answer. */
  readonly retryAfterMs: number | null;
  /** OpenAI-style `param` of a 400, when the provider named one. */
  readonly param: string | null;
  /** Usage that the failed attempt is known to have cost. */
  readonly usage: Usage | null;

  constructor(
    kind: UpstreamErrorKind,
    message: string,
    options: {
      status?: number | null;
      providerCode?: string | null;
      retryAfterMs?: number | null;
      param?: string | null;
      usage?: Usage | null;
      cause?: unknown;
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'UpstreamError';
    this.kind = kind;
    this.status = options.status ?? null;
    this.providerCode = options.providerCode ?? null;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.param = options.param ?? null;
    this.usage = options.usage ?? null;
  }
}

/** One attempt at one upstream; no retries of its own. */
export interface ChatProvider {
  /** Resolves with the whole answer, or for a stream once the upstream's headers are there. Throws UpstreamError. */
  chat(call: UpstreamCall): Promise<UpstreamAnswer>;
}

export interface ProviderRegistry {
  for(kind: ProviderKind): ChatProvider;
}

// ---------------------------------------------------------------- who is calling, under which policy

export type LogContent = 'none' | 'redacted' | 'full';

/** All a request needs to know about its key; built once, shared by requests, replaced when something changed. */
export type Principal = {
  tenant: { id: string; slug: string; timezone: string; logContent: LogContent };
  role: { id: string; name: string };
  key: { id: string; name: string; expiresAt: Date | null };
  policy: { version: number; document: RolePolicy };
  /** Enabled connections only. */
  connections: ProviderConnection[];
  prices: PriceBook;
};

export type PrincipalLookup =
  | { kind: 'found'; principal: Principal }
  /** Unknown, revoked or expired: one answer for all. */
  | { kind: 'unknown' }
  /** The policy does not parse or the database can't be read: refuse with 503. */
  | { kind: 'unavailable'; cause: unknown };

export interface PrincipalStore {
  /** `secret` is the whole bearer token; the store hashes it. Never throws. */
  bySecret(secret: string): Promise<PrincipalLookup>;
}

// ---------------------------------------------------------------- receipts

export type StageVerdict = 'allow' | 'deny' | 'rewrite' | 'skip';
export type StageRecord = {
  name: string;
  verdict: StageVerdict;
  reason: string;
  ms: number;
  /** What a check of the prompt found, score and kinds of evidence; never a piece of the prompt. */
  findings?: Findings;
};
export type AttemptRecord = {
  provider: string;
  model: string;
  /** HTTP status of the upstream, or null when there was none. */
  status: number | null;
  /** `ok`, the provider's code or the kind of failure. */
  code: string;
  ms: number;
  costUsd: string | null;
  /** The cost is of counted tokens: the attempt broke off before the provider told its usage. */
  estimated?: boolean;
  /** Why a further attempt was or was not made after this one. */
  next?: string;
};
export type CandidateRecord = { provider: string; model: string; taken: boolean; reason: string };
/** What a strategy found out about a request on the way to its choice. */
export type RouteDetail = {
  /** Cost strategy: complexity from 0 to 1, the thresholds it was held against, and what made it, largest first. */
  score?: number;
  thresholds?: { simple: number; complex: number };
  parts?: { name: string; logit: number }[];
  tier?: string;
  /** Capability strategy: the type of task. */
  task?: string;
};
export type RouteRecord = {
  strategy: string;
  reason: string;
  candidates: CandidateRecord[];
  /** `provider/model` in the order in which they are tried. */
  order?: string[];
  detail?: RouteDetail;
};
export type CacheRecord = {
  status: CacheStatus;
  similarity: number | null;
  ageSeconds: number | null;
  /** On a hit: the entry, and for a semantic one the name of the pair of questions. */
  entryId?: string;
  pair?: string;
  /** Somebody has called the answer wrong. */
  rejected?: boolean;
};
export type CacheStatus = 'hit-exact' | 'hit-semantic' | 'miss' | 'bypass' | 'off';

/** Contract §5. `costUsd` is null while the model has no price. */
export type Receipt = {
  id: string;
  at: string;
  tenantId: string;
  role: { id: string; name: string };
  key: { id: string; name: string };
  status: number;
  code: string | null;
  stream: boolean;
  requestedModel: string | null;
  provider: string | null;
  model: string | null;
  policyVersion: number;
  route: RouteRecord;
  stages: StageRecord[];
  attempts: AttemptRecord[];
  cache: CacheRecord;
  tokens: {
    input: number;
    cachedInput: number;
    output: number;
    reasoning: number;
    estimated: boolean;
  };
  costUsd: string | null;
  latencyMs: number;
  warnings: string[];
  /** Only as the tenant's `logContent` permits. */
  content: { messages: unknown; answer: unknown } | null;
};

export interface ReceiptSink {
  /** Queues; never blocks and never throws. */
  write(receipt: Receipt): void;
  /** Resolves when all that was queued is stored. */
  drain(): Promise<void>;
}

// ---------------------------------------------------------------- time

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}
export const systemClock: Clock = { now: () => Date.now() };
