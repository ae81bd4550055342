import type { ErrorCode } from '@/lib/errors/codes';

/** Codes of the `x-rolegate-warnings` header. */
export const WARNING_CODES = [
  'budget_exceeded',
  'budget_alert',
  'budget_critical',
  'budget_throttled',
  'pii_redacted',
  'injection_suspected',
  'tools_stripped',
  'max_tokens_clamped',
  'cost_unknown',
] as const;
export type WarningCode = (typeof WARNING_CODES)[number];

/** `reason` is one short phrase for the receipt; it never quotes a prompt. */
export type Allow = { verdict: 'allow'; reason: string; warnings?: WarningCode[] };
export type Rewrite<T> = { verdict: 'rewrite'; value: T; reason: string; warnings: WarningCode[] };
export type Deny = {
  verdict: 'deny';
  code: ErrorCode;
  /** Safe to show; says what was refused and what the caller can do. */
  message: string;
  param: string | null;
  reason: string;
  retryAfterSeconds?: number;
};
/** A section that is off. */
export type Skip = { verdict: 'skip'; reason: string };

/** What a guard says of a request. A refusal is a value; an exception means something broke. */
export type Decision<T = never> = Allow | Rewrite<T> | Deny | Skip;
