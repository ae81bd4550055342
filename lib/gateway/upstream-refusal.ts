import { AppError } from '@/lib/errors/app-error';
import type { ErrorCode } from '@/lib/errors/codes';
import type { UpstreamError } from './types';

/**
 * What a caller is told of a failed attempt. Faults of the request stay faults of the request (4xx),
 * a provider's rate limit stays a 429 so that clients back off, and what only the gateway's operator
 * can mend - credentials, broken answers, outages - is a 5xx.
 */
const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid_request',
  401: 'upstream_unauthorized',
  402: 'upstream_unauthorized',
  403: 'upstream_unauthorized',
  404: 'model_not_found',
  408: 'upstream_timeout',
  413: 'request_too_large',
  422: 'invalid_request',
  429: 'rate_limit_exceeded',
  504: 'upstream_timeout',
};

/** Providers answer 429 also for an account that is out of credit, which waiting does not mend. */
const OUT_OF_CREDIT = /^(insufficient_quota|billing_hard_limit_reached|credit_balance_too_low)$/;

/** Renders an upstream failure for the client; the upstream's own error stays in `cause`. */
export function refusalOfUpstream(error: UpstreamError, provider: string | null): AppError {
  const code = codeOf(error);
  const headers: Record<string, string> = NOT_WORTH_RETRYING.has(code)
    ? { 'x-should-retry': 'false' }
    : {};
  const who = provider === null ? 'The provider' : `The provider "${provider}"`;
  return new AppError(code, `${who} ${WHAT_HAPPENED[code] ?? 'failed'}: ${detailOf(error)}`, {
    ...(error.param === null ? {} : { param: error.param }),
    ...(error.retryAfterMs === null ? {} : { retryAfterSeconds: error.retryAfterMs / 1000 }),
    headers,
    cause: error,
  });
}

const NOT_WORTH_RETRYING = new Set<ErrorCode>(['upstream_unauthorized']);

const WHAT_HAPPENED: Partial<Record<ErrorCode, string>> = {
  invalid_request: 'refused the request',
  request_too_large: 'refused the request as too large',
  model_not_found: 'does not know the model',
  rate_limit_exceeded: 'limits the rate of requests',
  upstream_unauthorized: "did not accept the connection's credential or account",
  upstream_timeout: 'took too long',
  client_closed_request: 'was called off',
};

function codeOf(error: UpstreamError): ErrorCode {
  if (error.kind === 'aborted') return 'client_closed_request';
  if (error.kind === 'timeout') return 'upstream_timeout';
  if (error.kind !== 'status' || error.status === null) return 'upstream_error';
  if (error.status === 429 && OUT_OF_CREDIT.test(error.providerCode ?? ''))
    return 'upstream_unauthorized';
  return CODE_OF_STATUS[error.status] ?? 'upstream_error';
}

function detailOf(error: UpstreamError): string {
  const marks = [error.status, error.providerCode].filter((mark) => mark !== null);
  return marks.length === 0 ? error.message : `${error.message} (${marks.join(', ')})`;
}
