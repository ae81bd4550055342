/**
 * Every error code a client may see, with its HTTP status and the OpenAI error `type`.
 * The one table from which both wire formats are rendered.
 */
export const ERROR_CODES = {
  // gateway, 400
  invalid_json: { status: 400, type: 'invalid_request_error' },
  invalid_request: { status: 400, type: 'invalid_request_error' },
  prompt_too_long: { status: 400, type: 'invalid_request_error' },
  too_many_messages: { status: 400, type: 'invalid_request_error' },
  blocked_content: { status: 400, type: 'invalid_request_error' },
  injection_detected: { status: 400, type: 'invalid_request_error' },
  pii_detected: { status: 400, type: 'invalid_request_error' },
  model_required: { status: 400, type: 'invalid_request_error' },
  model_unpriced: { status: 400, type: 'invalid_request_error' },
  // gateway, identity and permission
  invalid_api_key: { status: 401, type: 'invalid_request_error' },
  model_not_allowed: { status: 403, type: 'permission_error' },
  provider_not_allowed: { status: 403, type: 'permission_error' },
  tools_not_allowed: { status: 403, type: 'permission_error' },
  tool_not_allowed: { status: 403, type: 'permission_error' },
  too_many_tools: { status: 403, type: 'permission_error' },
  model_not_found: { status: 404, type: 'invalid_request_error' },
  request_too_large: { status: 413, type: 'invalid_request_error' },
  // gateway, limits
  rate_limit_exceeded: { status: 429, type: 'requests' },
  token_rate_limit_exceeded: { status: 429, type: 'tokens' },
  concurrency_limit_exceeded: { status: 429, type: 'requests' },
  budget_exceeded: { status: 429, type: 'insufficient_quota' },
  request_cost_exceeded: { status: 429, type: 'insufficient_quota' },
  // gateway, upstream
  client_closed_request: { status: 499, type: 'api_error' },
  upstream_error: { status: 502, type: 'api_error' },
  upstream_unauthorized: { status: 502, type: 'api_error' },
  circuit_open: { status: 503, type: 'api_error' },
  policy_unavailable: { status: 503, type: 'api_error' },
  unavailable: { status: 503, type: 'api_error' },
  upstream_timeout: { status: 504, type: 'api_error' },
  // admin API
  unauthorized: { status: 401, type: 'authentication_error' },
  forbidden: { status: 403, type: 'permission_error' },
  not_found: { status: 404, type: 'invalid_request_error' },
  method_not_allowed: { status: 405, type: 'invalid_request_error' },
  conflict: { status: 409, type: 'invalid_request_error' },
  version_conflict: { status: 412, type: 'invalid_request_error' },
  unsupported_media_type: { status: 415, type: 'invalid_request_error' },
  validation_failed: { status: 422, type: 'invalid_request_error' },
  precondition_required: { status: 428, type: 'invalid_request_error' },
  too_many_attempts: { status: 429, type: 'requests' },
  internal_error: { status: 500, type: 'api_error' },
} as const satisfies Record<string, { status: number; type: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** HTTP status of a code. */
export function statusOf(code: ErrorCode): number {
  return ERROR_CODES[code].status;
}
