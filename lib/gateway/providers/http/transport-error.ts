import { forbiddenCause } from '@/lib/net';
import { UpstreamError } from '@/lib/gateway/types';

// Failures before a byte of the request was sent, by Node's and undici's codes.
const CONNECT_CODES =
  /^(ECONNREFUSED|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO|ERR_INVALID_URL|UND_ERR_INVALID_ARG)/;

// What is not HTTP; that the bytes ended early is a lost connection instead.
const GARBAGE_CODES =
  /^(HPE_(?!INVALID_EOF_STATE|CLOSED_CONNECTION)|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)/;

/**
 * A failure of the connection as UpstreamError. An aborted signal explains every failure: a timeout
 * when its reason is a TimeoutError, else `aborted`.
 */
export function transportError(error: unknown, signal: AbortSignal): UpstreamError {
  if (error instanceof UpstreamError) return error;
  if (signal.aborted) return abortError(signal);
  const forbidden = forbiddenCause(error);
  if (forbidden !== null) return new UpstreamError('connect', forbidden.message, { cause: error });
  const code = codeOf(error);
  if (code !== null && CONNECT_CODES.test(code)) {
    return new UpstreamError('connect', `could not connect to the provider (${code})`, {
      cause: error,
    });
  }
  if (isGarbage(error, code)) {
    return new UpstreamError('invalid', 'the provider did not answer in HTTP', { cause: error });
  }
  const suffix = code === null ? '' : ` (${code})`;
  return new UpstreamError('reset', `the connection to the provider was lost${suffix}`, {
    cause: error,
  });
}

/** undici names its parser's errors, but does not always give them a code. */
function isGarbage(error: unknown, code: string | null): boolean {
  if (code !== null) return GARBAGE_CODES.test(code);
  return error instanceof Error && error.name === 'HTTPParserError';
}

/** What an aborted signal means for the attempt it was given to. */
export function abortError(signal: AbortSignal): UpstreamError {
  const reason: unknown = signal.reason;
  if (reason instanceof UpstreamError) return reason;
  const isTimeout = reason instanceof Error && reason.name === 'TimeoutError';
  return isTimeout
    ? new UpstreamError('timeout', 'the provider did not answer in time', { cause: reason })
    : new UpstreamError('aborted', 'the request was aborted', { cause: reason });
}

/** The innermost error code, because undici and fetch wrap what happened. */
function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const inner = codeOf(error.cause) ?? aggregated(error);
  if (inner !== null) return inner;
  return 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** Happy eyeballs reports one error for each address it tried. */
function aggregated(error: Error): string | null {
  return error instanceof AggregateError ? codeOf(error.errors[0]) : null;
}
