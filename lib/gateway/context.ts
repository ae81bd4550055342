import type { ChatRequest } from '@/lib/openai/wire';
import type { CompiledPolicy } from '@/lib/policy/compile';
import type { Deny } from '@/lib/policy/decision';
import type { PlaceholderVault } from '@/lib/pii/redact/vault';
import type { ToolCallGate } from '@/lib/policy/tool/call-gate';
import type { Call } from './call';
import type {
  BudgetHold,
  CacheLookup,
  ExecutionOutcome,
  ModelChoice,
  RequestScope,
  RoutePlan,
} from './ports';
import type { Clock, Principal, Target, UpstreamAnswer } from './types';

/** What is known after each stage; a stage names in its type how far the request must have come. */
export type Identified = Call & { principal: Principal };
export type Governed = Identified & { policy: CompiledPolicy };
export type Requested = Governed & { request: ChatRequest };
/** `boundNamed`: the client, not the policy, bounds the length of the answer. */
export type Chosen = Requested & { choice: ModelChoice; boundNamed: boolean };
/** What personal data was replaced by, and with it the originals: never stored, logged or sent upstream. */
export type Prompted = Chosen & { vault: PlaceholderVault };
export type Limited = Prompted & {
  /** Bounds of one attempt, tokens: of the prompt as estimated, of the answer as asked for. */
  tokens: { input: number; output: number };
  /** Takes the further limits of a target before it is called. */
  admit(target: Target): Promise<Deny | null>;
};
export type Budgeted = Limited & { hold: BudgetHold };
export type Looked = Budgeted & { lookup: CacheLookup };
/** `plan` is null when the cache has answered. */
export type Planned = Looked & { plan: RoutePlan | null };
export type Answered = Planned & {
  answer: UpstreamAnswer;
  /** Null when the cache has answered. */
  execution: ExecutionOutcome | null;
};

/** What replies are made from: whole answers have been checked, streams still have to pass the gate. */
export type Checked = Answered & { gate: ToolCallGate };

/** The part of a context that the ports of budget, cache, routing and resilience see. */
export function scopeOf(context: Requested, clock: Clock): RequestScope {
  const { id, principal, policy, request, signal, dryRun } = context;
  return { requestId: id, principal, policy, request, clock, signal, dryRun };
}
