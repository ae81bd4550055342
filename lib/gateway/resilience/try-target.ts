import type { ExecutionOutcome, ExecutionRequest, PlannedTarget } from '@/lib/gateway/ports';
import { UpstreamError } from '@/lib/gateway/types';
import type { ResiliencePolicy } from '@/lib/policy/resilience/schema';
import { backoffMs } from './backoff';
import type { BreakerRefusal, Breakers } from './breaker';
import type { ResilienceDeps } from './deps';
import { retryVerdict } from './failure';
import { tryOnce, type Tried } from './try-once';

/** How the tries at one target ended without an answer. */
export type TargetEnd =
  Exclude<Tried, { kind: 'answered' }> | { kind: 'broken'; refusal: BreakerRefusal };
type Failed = Extract<TargetEnd, { kind: 'failed' }>;

/**
 * All tries at one target, with the waits between them; what each came to is on its record.
 * @throws what is no UpstreamError: something broke
 */
export async function tryTarget(
  request: ExecutionRequest,
  target: PlannedTarget,
  deps: ResilienceDeps,
): Promise<ExecutionOutcome | TargetEnd> {
  const policy = request.policy.document.resiliencePolicy;
  const retries = policy.enabled && policy.retryEnabled ? policy.maxRetries : 0;
  let failed: Failed | null = null;
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

function ended(failed: Failed, next: string): Failed {
  if (failed.record) failed.record.next = next;
  return failed;
}

function calledOff(cause: unknown): Failed {
  const error = new UpstreamError('aborted', 'The request was called off.', { cause });
  return { kind: 'failed', error, record: null };
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

function retriesUsedUp(retries: number): string {
  return retries === 0
    ? 'not retried: retries are off'
    : `not retried: ${retries} retries are used up`;
}
