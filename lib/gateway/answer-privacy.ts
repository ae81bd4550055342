import { AnswerScan, ScanFilter } from '@/lib/pii/redact/answer-scan';
import { jsonViewOf } from '@/lib/pii/redact/json-view';
import { mapCompletion } from '@/lib/pii/redact/map-completion';
import { Restorer, restoreText, type RestoreInto } from '@/lib/pii/redact/restore';
import { StreamFilter } from '@/lib/pii/redact/stream-filter';
import type { PlaceholderVault } from '@/lib/pii/redact/vault';
import type { ChatCompletion, ChatRequest } from '@/lib/openai/wire';
import type { CompiledPolicy } from '@/lib/policy/compile';
import type { Deny, WarningCode } from '@/lib/policy/decision';

type PiiContext = { policy: CompiledPolicy; vault: PlaceholderVault; request: ChatRequest };

/** What looking for personal data in an answer came to. */
export type ScanVerdict = {
  reason: string;
  /** Set under `block`: the answer must not be shown. */
  deny: Deny | null;
  warnings: WarningCode[];
  /** Whether the answer was changed, so that it must not answer others. */
  altered: boolean;
};

/** Looks for personal data that the model itself brings (`scanResponses`); null where it is not asked for. */
export function scanOf({ policy, vault }: PiiContext): AnswerScan | null {
  const { policy: prompts, piiEntities } = policy.promptPolicies;
  const { enabled, scanResponses, action } = prompts.pii;
  if (!prompts.enabled || !enabled || !scanResponses || piiEntities.size === 0) return null;
  return new AnswerScan(piiEntities, vault, action === 'redact');
}

/** What follows from what a scan has found so far; null when that is nothing. */
export function verdictOf(scan: AnswerScan | null, { policy }: PiiContext): ScanVerdict | null {
  if (!scan || scan.found.size === 0) return null;
  const { action } = policy.promptPolicies.policy.pii;
  const what = [...scan.found].map(([entity, count]) => `${count} ${entity}`).join(', ');
  const reason = `personal data in the answer (${what})`;
  const verdict = { reason, deny: null, warnings: [], altered: false };
  if (action === 'redact')
    return { ...verdict, reason: `${reason}, redacted`, warnings: ['pii_redacted'], altered: true };
  if (action === 'warn') return { ...verdict, warnings: ['pii_detected'] };
  return action === 'log' ? verdict : { ...verdict, deny: withheld(what, reason) };
}

function withheld(what: string, reason: string): Deny {
  return {
    verdict: 'deny',
    code: 'pii_detected',
    message: `The answer contains personal data or secrets (${what}) that this key may not receive, so it was withheld.`,
    param: null,
    reason,
  };
}

export function scanStream(scan: AnswerScan): StreamFilter {
  return new StreamFilter((kind) => new ScanFilter(scan, kind === 'json'));
}

export function scanCompletion(scan: AnswerScan, completion: ChatCompletion): ChatCompletion {
  return mapCompletion(completion, (text) => scan.read(text));
}

/** Puts originals back into a streamed answer (`restoreInResponse`); null where there is nothing to put back. */
export function restoringStream(context: PiiContext): StreamFilter | null {
  if (!restores(context)) return null;
  const prose: RestoreInto = answersInJson(context.request) ? 'json' : 'text';
  return new StreamFilter((kind) => new Restorer(context.vault, kind === 'json' ? 'json' : prose));
}

/** The answer with the originals in it; the same object when no placeholder was in it. */
export function restoreCompletion(context: PiiContext, completion: ChatCompletion): ChatCompletion {
  if (!restores(context)) return completion;
  return mapCompletion(completion, (text, kind) => {
    const isJson = kind === 'json' || answersInJson(context.request) || jsonViewOf(text) !== null;
    return restoreText(text, context.vault, isJson ? 'json' : 'text');
  });
}

function restores({ policy, vault }: PiiContext): boolean {
  const { enabled, pii } = policy.promptPolicies.policy;
  return enabled && pii.enabled && pii.restoreInResponse && vault.restorable.size > 0;
}

function answersInJson({ response_format: format }: ChatRequest): boolean {
  return format?.type === 'json_object' || format?.type === 'json_schema';
}
