import type {
  ExecutionOutcome,
  ExecutionRequest,
  PlanExecutor,
  PlannedTarget,
} from '@/lib/gateway/ports';
import { type AttemptRecord, UpstreamError } from '@/lib/gateway/types';
import type { Deny } from '@/lib/policy/decision';
import type { ResiliencePolicy } from '@/lib/policy/resilience/schema';
import type { LatencyFacts } from '../router/latency-facts';
import { attempt } from './attempt';
import { backoffMs } from './backoff';
import type { BreakerPermit, BreakerRefusal, Breakers } from './breaker';
import { countsAgainstProvider, mayFallBack, retryVerdict } from './failure';
import { worstCaseOf } from './single-attempt';

/** Resolves after `ms`, or rejects with the signal's reason when it is aborted first. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

export type ResilienceDeps = {
  breakers: Breakers;
  /** Told of every attempt, for the latency strategy. */
  latency: Pick<LatencyFacts, 'start'>;
  sleep: Sleep;
  /** 0 to 1. */
  random: () => number;
};

/** How the tries at one target ended without an answer. */
type TargetEnd =
  | { kind: 'failed'; error: UpstreamError; record: AttemptRecord | null }
  | { kind: 'broken'; refusal: BreakerRefusal }
  | { kind: 'denied'; deny: Deny };

/**
 * Carries a plan out under the role's resilience policy: each target is tried at most 1 + maxRetries
 * times, then the next one, as long as the breaker of its provider lets it. Nothing is retried
 * anywhere else, so attempts never exceed targets x (1 + maxRetries).
 */
export function createResilientExecutor(deps: ResilienceDeps): PlanExecutor {
  return { execute: (request) => execute(request, deps) };
}

async function execute(
  request: ExecutionRequest,
  deps: ResilienceDeps,
): Promise<ExecutionOutcome | Deny> {
  const { targets } = request.plan;
  let last: TargetEnd | null = null;
  let failure: Extract<TargetEnd, { kind: 'failed' }> | null = null;
  for (const [index, target] of targets.entries()) {
    const ended = await tryTarget(request, target, deps);
    if (!('kind' in ended)) return ended;
    last = ended;
    if (ended.kind === 'denied') return ended.deny;
    if (ended.kind === 'failed') {
      failure = ended;
      const goesOn = mayFallBack(ended.error) && index + 1 < targets.length;
      if (ended.record) ended.record.next = nextPhrase(ended, targets[index + 1], goesOn);
      if (!mayFallBack(ended.error)) break;
    }
  }
  // What a provider said is worth more to the caller than that another one was not asked.
  if (failure) throw failure.error;
  if (last?.kind === 'broken') return circuitOpen(last.refusal, targets);
  throw new Error('a plan without targets was executed');
}

/** All tries at one target. */
async function tryTarget(
  request: ExecutionRequest,
  target: PlannedTarget,
  deps: ResilienceDeps,
): Promise<ExecutionOutcome | TargetEnd> {
  const policy = request.policy.document.resiliencePolicy;
  const retries = policy.enabled && policy.retryEnabled ? policy.maxRetries : 0;
  let failed: Extract<TargetEnd, { kind: 'failed' }> | null = null;
  for (let turn = 0; turn <= retries; turn += 1) {
    const permit = admit(request, target, policy, deps);
    if (permit && 'retryAfterMs' in permit) {
      if (failed?.record) failed.record.next = 'not retried: the circuit breaker has opened';
      return failed ?? { kind: 'broken', refusal: permit };
    }
    const result = await tryOnce(request, target, permit, deps);
    if (result.kind !== 'failed') return result.kind === 'answered' ? result.outcome : result;
    failed = result;
    const verdict = retryVerdict(result.error, policy);
    if (!verdict.retry || turn === retries) {
      if (result.record)
        result.record.next =
          turn === retries && verdict.retry
            ? retriesUsedUp(retries)
            : `not retried: ${verdict.why}`;
      return result;
    }
    const wait = backoffMs(policy, turn, result.error.retryAfterMs, deps.random);
    if (result.record) result.record.next = `retried after ${Math.round(wait)} ms: ${verdict.why}`;
    try {
      await deps.sleep(wait, request.signal);
    } catch (cause) {
      return {
        kind: 'failed',
        error: new UpstreamError('aborted', 'The request was called off.', { cause }),
        record: null,
      };
    }
  }
  throw new Error('tries at a target ended without a result');
}

type Tried =
  | { kind: 'answered'; outcome: ExecutionOutcome }
  | Extract<TargetEnd, { kind: 'failed' | 'denied' }>;

async function tryOnce(
  request: ExecutionRequest,
  target: PlannedTarget,
  permit: BreakerPermit | null,
  { latency }: ResilienceDeps,
): Promise<Tried> {
  let record: AttemptRecord | null = null;
  const observed: ExecutionRequest = {
    ...request,
    onAttempt: (each, at) => {
      record = each;
      request.onAttempt(each, at);
    },
  };
  try {
    const limited = await request.admit(target);
    if (limited) {
      permit?.unknown();
      return { kind: 'denied', deny: limited };
    }
    const decision = await request.budget.reserve({
      target,
      worstCaseUsd: worstCaseOf(request, target),
    });
    if (decision.verdict === 'deny') {
      permit?.unknown();
      return { kind: 'denied', deny: decision };
    }
    const outcome = await measured(observed, target, latency);
    return { kind: 'answered', outcome: reporting(outcome, permit) };
  } catch (error) {
    if (!(error instanceof UpstreamError)) {
      permit?.unknown();
      throw error;
    }
    report(permit, error);
    return { kind: 'failed', error, record };
  }
}

async function measured(
  request: ExecutionRequest,
  target: PlannedTarget,
  latency: ResilienceDeps['latency'],
): Promise<ExecutionOutcome> {
  const stream = request.request.stream === true;
  const measurement = latency.start(request.principal.tenant.id, target, stream);
  const started = performance.now();
  try {
    const outcome = await attempt(request, target);
    const outputTokens = outcome.answer.stream ? 0 : (outcome.answer.usage?.outputTokens ?? 0);
    measurement.end({ ms: performance.now() - started, outputTokens });
    return outcome;
  } catch (error) {
    measurement.end(null);
    throw error;
  }
}

/** An answer counts for the breaker when it has ended, since a stream may still break. */
function reporting(outcome: ExecutionOutcome, permit: BreakerPermit | null): ExecutionOutcome {
  if (!permit) return outcome;
  // A stream may take minutes; its first token already shows that the provider is back.
  if (permit.probe && outcome.answer.stream) permit.succeeded();
  return {
    ...outcome,
    finish: async (result) => {
      report(permit, result.error);
      await outcome.finish(result);
    },
  };
}

function report(permit: BreakerPermit | null, error: unknown): void {
  if (error === undefined || error === null) permit?.succeeded();
  else if (!(error instanceof UpstreamError) || error.kind === 'aborted') permit?.unknown();
  else if (countsAgainstProvider(error)) permit?.failed();
  // It answered, if only to refuse: it is alive.
  else permit?.succeeded();
}

function admit(
  request: ExecutionRequest,
  target: PlannedTarget,
  policy: ResiliencePolicy,
  { breakers }: ResilienceDeps,
): BreakerPermit | BreakerRefusal | null {
  if (!policy.enabled || !policy.circuitBreakerEnabled) return null;
  return breakers.admit(request.principal.tenant.id, target.connection.name, {
    threshold: policy.circuitBreakerThreshold,
    timeoutMs: policy.circuitBreakerTimeout * 1000,
  });
}

function circuitOpen({ retryAfterMs }: BreakerRefusal, targets: readonly PlannedTarget[]): Deny {
  const names = [...new Set(targets.map((target) => target.connection.name))].join(', ');
  return {
    verdict: 'deny',
    code: 'circuit_open',
    message: `The provider ${names} has failed repeatedly and is not called for now. Try again in ${Math.ceil(retryAfterMs / 1000)} s.`,
    param: null,
    reason: `circuit breaker open: ${names}`,
    retryAfterSeconds: Math.max(1, Math.ceil(retryAfterMs / 1000)),
  };
}

function retriesUsedUp(retries: number): string {
  return retries === 0
    ? 'not retried: retries are off'
    : `not retried: ${retries} retries are used up`;
}

function nextPhrase(
  { record }: { record: AttemptRecord | null },
  next: PlannedTarget | undefined,
  goesOn: boolean,
): string {
  const said = record?.next ?? '';
  if (goesOn && next) return `${said}; falls back to ${next.connection.name}/${next.model}`;
  return next
    ? `${said}; no fallback: the request itself is at fault`
    : `${said}; no further target`;
}
