/** Errors as OpenAI's API words them, with the codes clients and gateways look at. */
const BY_STATUS: Readonly<Record<number, { type: string; code: string | null; message: string }>> =
  {
    400: { type: 'invalid_request_error', code: null, message: 'Bad request' },
    401: {
      type: 'invalid_request_error',
      code: 'invalid_api_key',
      message: 'Incorrect API key provided',
    },
    403: { type: 'invalid_request_error', code: 'forbidden', message: 'You may not do this' },
    404: {
      type: 'invalid_request_error',
      code: 'model_not_found',
      message: 'The model does not exist',
    },
    408: { type: 'timeout', code: null, message: 'The request took too long' },
    409: { type: 'conflict', code: null, message: 'The request conflicts with another' },
    413: {
      type: 'invalid_request_error',
      code: 'request_too_large',
      message: 'The request is too large',
    },
    429: { type: 'requests', code: 'rate_limit_exceeded', message: 'Rate limit reached' },
    500: { type: 'server_error', code: null, message: 'The server had an error' },
    502: { type: 'server_error', code: null, message: 'Bad gateway' },
    503: { type: 'server_error', code: 'overloaded', message: 'The engine is overloaded' },
    504: { type: 'server_error', code: null, message: 'Gateway timeout' },
  };

/** The body of an error answer; `message` and `param` replace what the status alone would say. */
export function errorBody(
  status: number,
  { message, param = null }: { message?: string; param?: string | null } = {},
): string {
  const known = BY_STATUS[status] ?? {
    type: status < 500 ? 'invalid_request_error' : 'server_error',
    code: null,
    message: `Status ${status}`,
  };
  return JSON.stringify({
    error: {
      message: message ?? `${known.message} (asked for in the Rolegate sandbox, a simulator)`,
      type: known.type,
      param,
      code: known.code,
    },
  });
}
