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
  /** Milliseconds from any point on, never going back; by it latencies are measured. Default: the process's. */
  elapsedMs?: () => number;
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
  const course: Course = { failure: null, denied: null, refusal: null, last: null };
  let targets: readonly PlannedTarget[] = request.plan.targets;
  while (targets.length > 0) {
    const waiting: Waiting[] = [];
    const outcome = await tryTargets(request, targets, course, waiting, deps);
    if (outcome) return outcome;
    // Nobody answered, but a provider is being probed: if it is back, no caller need notice anything.
    targets = await probed(waiting, request.signal);
  }
  // What a provider said is worth more to the caller than that another one was not asked.
  if (course.failure) throw course.failure;
  if (course.denied) return course.denied;
  if (course.refusal) return circuitOpen(course.refusal, request.plan.targets);
  throw new Error('a plan without targets was executed');
}

/** What has become of a request on its way through the targets. */
type Course = {
  failure: UpstreamError | null;
  denied: Deny | null;
  refusal: BreakerRefusal | null;
  /** Record of the latest attempt. */
  last: AttemptRecord | null;
};
/** A target that was not called because another request is probing its provider. */
type Waiting = { target: PlannedTarget; probed: Promise<void> };

/** One round over the targets; null when none answered. */
async function tryTargets(
  request: ExecutionRequest,
  targets: readonly PlannedTarget[],
  course: Course,
  waiting: Waiting[],
  deps: ResilienceDeps,
): Promise<ExecutionOutcome | null> {
  for (const [index, target] of targets.entries()) {
    const ended = await tryTarget(request, target, deps);
    if (!('kind' in ended)) return ended;
    if (ended.kind === 'broken') {
      course.refusal = ended.refusal;
      if (ended.refusal.probed) waiting.push({ target, probed: ended.refusal.probed });
      note(course, `${named(target)} is not called: its circuit breaker is open`);
      continue;
    }
    if (ended.kind === 'denied') {
      course.denied ??= ended.deny;
      note(course, `${named(target)} is not called: ${ended.deny.code}`);
      continue;
    }
    course.failure = ended.error;
    course.last = ended.record ?? course.last;
    const next = targets[index + 1];
    if (!mayFallBack(ended.error)) {
      if (next) note(course, noFallback(ended.error));
      waiting.length = 0;
      return null;
    }
    note(course, next ? `falls back to ${named(next)}` : 'no further target');
  }
  return null;
}

function note({ last }: Course, phrase: string): void {
  if (last) last.next = last.next ? `${last.next}; ${phrase}` : phrase;
}

function noFallback({ kind }: UpstreamError): string {
  return kind === 'aborted'
    ? 'no fallback: the request was called off'
    : 'no fallback: the request itself is at fault';
}

/** Targets whose provider has been probed meanwhile; none when the request was called off first. */
async function probed(waiting: readonly Waiting[], signal: AbortSignal): Promise<PlannedTarget[]> {
  if (waiting.length === 0 || signal.aborted) return [];
  let stop: () => void = () => undefined;
  const calledOff = new Promise<void>((resolve) => {
    stop = resolve;
    signal.addEventListener('abort', stop, { once: true });
  });
  await Promise.race([...waiting.map(({ probed }) => probed), calledOff]);
  signal.removeEventListener('abort', stop);
  return signal.aborted ? [] : waiting.map(({ target }) => target);
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
    if (request.signal.aborted) return calledOff(request.signal.reason);
    const permit = await admit(request, target, policy, deps);
    if (permit && 'retryAfterMs' in permit) {
      if (!failed) return { kind: 'broken', refusal: permit };
      return ended(failed, 'not retried: the circuit breaker has opened');
    }
    const result = await tryOnce(request, target, permit, deps);
    if (result.kind === 'answered') return result.outcome;
    if (result.kind === 'denied') {
      return failed ? ended(failed, `not retried: ${result.deny.code}`) : result;
    }
    failed = result;
    const verdict = retryVerdict(result.error, policy);
    if (!verdict.retry) return ended(result, `not retried: ${verdict.why}`);
    if (turn === retries) return ended(result, retriesUsedUp(retries));
    const wait = backoffMs(policy, turn, result.error.retryAfterMs, deps.random);
    if (wait >= (request.remainingMs?.() ?? Infinity)) {
      return ended(result, `not retried: the deadline passes within ${Math.round(wait)} ms`);
    }
    ended(result, `retried after ${Math.round(wait)} ms: ${verdict.why}`);
    try {
      await deps.sleep(wait, request.signal);
    } catch (cause) {
      return calledOff(cause);
    }
  }
  throw new Error('tries at a target ended without a result');
}

type Failed = Extract<TargetEnd, { kind: 'failed' }>;

function ended(failed: Failed, next: string): Failed {
  if (failed.record) failed.record.next = next;
  return failed;
}

function calledOff(cause: unknown): Failed {
  const error = new UpstreamError('aborted', 'The request was called off.', { cause });
  return { kind: 'failed', error, record: null };
}

type Tried =
  | { kind: 'answered'; outcome: ExecutionOutcome }
  | Extract<TargetEnd, { kind: 'failed' | 'denied' }>;

async function tryOnce(
  request: ExecutionRequest,
  target: PlannedTarget,
  permit: BreakerPermit | null,
  { latency, elapsedMs = () => performance.now() }: ResilienceDeps,
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
      get worstCaseUsd() {
        return worstCaseOf(request, target);
      },
    });
    if (decision.verdict === 'deny') {
      permit?.unknown();
      return { kind: 'denied', deny: decision };
    }
    const outcome = await measured(observed, target, latency, elapsedMs);
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
  elapsedMs: () => number,
): Promise<ExecutionOutcome> {
  const stream = request.request.stream === true;
  const measurement = latency.start(request.principal.tenant.id, target, stream);
  const started = elapsedMs();
  try {
    const outcome = await attempt(request, target);
    const outputTokens = outcome.answer.stream ? 0 : (outcome.answer.usage?.outputTokens ?? 0);
    measurement.end({ ms: elapsedMs() - started, outputTokens });
    return outcome;
  } catch (error) {
    // Who cancelled, and who asked for what nobody can answer, was not kept waiting by the provider.
    const isProviders = error instanceof UpstreamError && countsAgainstProvider(error);
    measurement.end(isProviders ? null : undefined);
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
): ReturnType<Breakers['admit']> | null {
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

function named(target: PlannedTarget): string {
  return `${target.connection.name}/${target.model}`;
}
