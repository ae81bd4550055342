import { APICallError, JSONParseError, UnsupportedFunctionalityError } from '@ai-sdk/provider';
import { UpstreamError, type Usage } from '@/lib/gateway/types';
import { abortError } from '../http/transport-error';
import { errorInDisguise, parseOrNull, readFault, statusError } from '../http/status-error';
import { cannotExpress } from './refuse';

/**
 * Whatever the AI SDK threw, as UpstreamError. Errors of our own exchange come through it unchanged;
 * answers it could not read are `invalid`, requests it could not express are a 400.
 */
export function sdkError(
  error: unknown,
  signal: AbortSignal,
  secrets: readonly string[],
  usage: Usage | null = null,
): UpstreamError {
  const own = upstreamCause(error);
  if (own !== null) return own;
  if (signal.aborted) return abortError(signal);
  if (UnsupportedFunctionalityError.isInstance(error)) {
    return cannotExpress('messages', `this provider does not support ${error.functionality}`);
  }
  if (APICallError.isInstance(error)) return apiCallError(error, secrets);
  const fault = readFault(asEnvelope(error));
  if (fault !== null && !(error instanceof Error)) {
    const disguised = errorInDisguise(fault, secrets);
    return new UpstreamError(disguised.kind, disguised.message, {
      providerCode: disguised.providerCode,
      retryAfterMs: disguised.retryAfterMs,
      usage,
      cause: error,
    });
  }
  const what = JSONParseError.isInstance(error) ? 'invalid JSON' : 'something unexpected';
  return new UpstreamError('invalid', `the provider answered with ${what}`, {
    usage,
    cause: error,
  });
}

/** An HTTP error, or an answer with status 200 that was not what it should be. */
function apiCallError(error: APICallError, secrets: readonly string[]): UpstreamError {
  const body = error.responseBody ?? '';
  const status = error.statusCode ?? 0;
  if (status >= 400) return statusError(status, error.responseHeaders ?? {}, body, secrets);
  const fault = readFault(parseOrNull(body));
  if (fault !== null) return errorInDisguise(fault, secrets);
  return new UpstreamError('invalid', "the provider's answer is not what its API promises", {
    cause: error,
  });
}

function upstreamCause(error: unknown): UpstreamError | null {
  if (error instanceof UpstreamError) return error;
  return error instanceof Error && error.cause !== undefined ? upstreamCause(error.cause) : null;
}

/** Errors inside a stream come as the bare error object or in its envelope. */
function asEnvelope(error: unknown): unknown {
  if (typeof error === 'string') return { error };
  return typeof error === 'object' && error !== null && 'error' in error ? error : { error };
}
