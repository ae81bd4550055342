import type { ErrorCode } from '@/lib/errors/codes';

/** What the gateway refuses with, in the order of its checks. */
export const REFUSAL_CODES = [
  'invalid_request',
  'model_required',
  'model_not_found',
  'model_not_allowed',
  'provider_not_allowed',
  'model_unpriced',
  'prompt_too_long',
  'too_many_messages',
  'blocked_content',
  'injection_detected',
  'pii_detected',
  'tools_not_allowed',
  'tool_not_allowed',
  'too_many_tools',
  'rate_limit_exceeded',
  'token_rate_limit_exceeded',
  'concurrency_limit_exceeded',
  'budget_exceeded',
  'request_cost_exceeded',
  'circuit_open',
  'upstream_error',
  'upstream_unauthorized',
  'upstream_timeout',
  'client_closed_request',
] as const satisfies readonly ErrorCode[];
