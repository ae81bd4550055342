import type {
  ExecutionOutcome,
  ExecutionRequest,
  PlanExecutor,
  PlannedTarget,
} from '@/lib/gateway/ports';
import type { AttemptRecord, UpstreamError } from '@/lib/gateway/types';
import type { Deny } from '@/lib/policy/decision';
import type { BreakerRefusal } from './breaker';
import type { ResilienceDeps } from './deps';
import { mayFallBack } from './failure';
import { tryTarget } from './try-target';

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

function named(target: PlannedTarget): string {
  return `${target.connection.name}/${target.model}`;
}
