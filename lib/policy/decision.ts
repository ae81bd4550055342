import type { ErrorCode } from '@/lib/errors/codes';
import type { PiiEntity } from './prompt/schema';

/** Codes of the `x-rolegate-warnings` header. */
export const WARNING_CODES = [
  'budget_exceeded',
  'budget_alert',
  'budget_critical',
  'budget_throttled',
  'pii_redacted',
  'pii_detected',
  'injection_suspected',
  'tools_stripped',
  'max_tokens_clamped',
  'cost_unknown',
] as const;
export type WarningCode = (typeof WARNING_CODES)[number];

/** What detection of injection found in a request. */
export type InjectionFinding = {
  /** Calibrated: the share of texts with this score that are attacks, 0 to 1. */
  score: number;
  /** Scores from here on are taken as an attack at the policy's sensitivity. */
  threshold: number;
  sensitivity: 'low' | 'medium' | 'high';
  suspected: boolean;
  /** Kinds of evidence, strongest first. */
  reasons: string[];
  /** Where the highest score was found, such as `messages[2].content`; null without a text. */
  path: string | null;
};

/** What detection of personal data found in a request; where it stands, never what it says. */
export type PiiFinding = {
  action: 'block' | 'redact' | 'warn' | 'log';
  /** How often each entity was found. */
  found: Partial<Record<PiiEntity, number>>;
  /** Paths of the texts in which something was found. */
  paths: string[];
  /** Offsets in UTF-16 code units of the text at `path`; of JSON, in the text with its strings decoded. */
  spans: { entity: PiiEntity; path: string; start: number; end: number; reason: string }[];
};

/** What the checks of a request found, for the receipt and the console; like a reason, it quotes no prompt. */
export type Findings = { injection?: InjectionFinding; pii?: PiiFinding };

/** `reason` is one short phrase for the receipt; it never quotes a prompt. */
export type Allow = {
  verdict: 'allow';
  reason: string;
  warnings?: WarningCode[];
  findings?: Findings;
};
export type Rewrite<T> = {
  verdict: 'rewrite';
  value: T;
  reason: string;
  warnings: WarningCode[];
  findings?: Findings;
};
export type Deny = {
  verdict: 'deny';
  code: ErrorCode;
  /** Safe to show; says what was refused and what the caller can do. */
  message: string;
  param: string | null;
  reason: string;
  retryAfterSeconds?: number;
  findings?: Findings;
};
/** A section that is off. */
export type Skip = { verdict: 'skip'; reason: string };

/** What a guard says of a request. A refusal is a value; an exception means something broke. */
export type Decision<T = never> = Allow | Rewrite<T> | Deny | Skip;
