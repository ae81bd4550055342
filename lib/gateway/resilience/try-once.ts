import type { ExecutionOutcome, ExecutionRequest, PlannedTarget } from '@/lib/gateway/ports';
import { type AttemptRecord, UpstreamError } from '@/lib/gateway/types';
import type { Deny } from '@/lib/policy/decision';
import { attempt } from './attempt';
import type { BreakerPermit } from './breaker';
import type { ResilienceDeps } from './deps';
import { countsAgainstProvider } from './failure';
import { worstCaseOf } from './single-attempt';

export type Tried =
  | { kind: 'answered'; outcome: ExecutionOutcome }
  | { kind: 'failed'; error: UpstreamError; record: AttemptRecord | null }
  | { kind: 'denied'; deny: Deny };

/**
 * One try: rate limits, the budget, the call. Its breaker and the latency book are told how it went;
 * of an answer the breaker is told once it has ended.
 * @throws what is no UpstreamError: something broke
 */
export async function tryOnce(
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
