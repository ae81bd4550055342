import { type ErrorCode, statusOf } from './codes';

/** One fault of an input: where it is (`routingPolicy.weightedConfig.weights`) and what to do. */
export type Issue = { path: string; message: string };

export type AppErrorOptions = {
  /** The request field at fault, OpenAI's `param`. */
  param?: string;
  issues?: Issue[];
  /** Seconds after which trying again makes sense; becomes `retry-after`. */
  retryAfterSeconds?: number;
  /** Further response headers, e.g. `x-should-retry`. */
  headers?: Record<string, string>;
  /** Fields added to the rendered error object, e.g. `currentVersion` of a 412. */
  details?: Record<string, unknown>;
  /** What really happened. For the log, never for the client. */
  cause?: unknown;
};

/**
 * The one error class. `message` is safe to show to a client; whatever is private goes in `cause`.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly param: string | null;
  readonly issues: Issue[];
  readonly retryAfterSeconds: number | undefined;
  readonly headers: Record<string, string>;
  readonly details: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.status = statusOf(code);
    this.param = options.param ?? null;
    this.issues = options.issues ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.headers = options.headers ?? {};
    this.details = options.details ?? {};
  }
}
