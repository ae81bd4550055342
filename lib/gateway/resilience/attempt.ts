import { nameOf, type ExecutionOutcome, type ExecutionRequest, type PlannedTarget } from '../ports';
import { roundMs } from '../trail';
import {
  type AttemptRecord,
  UpstreamError,
  type UpstreamAnswer,
  type UpstreamEvent,
  type Usage,
} from '../types';
import { AttemptTimer } from './attempt-timer';
import { billedUsage } from './billed-usage';
import { untilFirstToken } from './first-token';

/**
 * Calls one target once. Resolves when the answer is whole or, for a stream, when its first token is
 * there; the record is then complete but for what a stream learns by its end (`finish` fills it in).
 * `timeoutMs` bounds the attempt; for a stream the wait for the first token and between tokens.
 * @throws UpstreamError; the record of the failed attempt has been reported by then.
 */
export async function attempt(
  request: ExecutionRequest,
  target: PlannedTarget,
): Promise<ExecutionOutcome> {
  const timer = new AttemptTimer(request.signal, timeoutOf(request, target));
  const started = performance.now();
  const sent = !request.signal.aborted;
  const record: AttemptRecord = {
    provider: target.connection.name,
    model: target.model,
    status: null,
    code: 'ok',
    ms: 0,
    costUsd: null,
  };
  try {
    const answer = await callTarget(request, target, timer);
    record.status = 200;
    record.ms = roundMs(performance.now() - started);
    request.onAttempt(record, target);
    return {
      target,
      answer,
      finish: async ({ usage, costUsd, error }) => {
        timer.dispose();
        record.ms = roundMs(performance.now() - started);
        record.costUsd = costUsd;
        if (error !== undefined) markFailed(record, error);
        await request.budget.settle({ target, costUsd, usage });
      },
    };
  } catch (cause) {
    timer.dispose();
    const error = asUpstreamError(cause, timer, request.signal);
    record.ms = roundMs(performance.now() - started);
    markFailed(record, error);
    const billed = billedUsage(request.request, error, sent);
    if (billed) record.costUsd = request.principal.prices.costOf(nameOf(target), billed.usage);
    if (billed?.estimated) record.estimated = true;
    request.onAttempt(record, target);
    await request.budget.settle({
      target,
      costUsd: record.costUsd,
      usage: billed?.usage ?? null,
    });
    throw error;
  }
}

async function callTarget(
  { providers, request, signal }: ExecutionRequest,
  target: PlannedTarget,
  timer: AttemptTimer,
): Promise<UpstreamAnswer> {
  const provider = providers.for(target.connection.kind);
  const answer = await provider.chat({ target, request, signal: timer.signal });
  if (!answer.stream) return answer;
  const { head, rest } = await untilFirstToken(answer.events).catch((cause: unknown) => {
    throw withUsage(cause, answer.usage());
  });
  timer.pause();
  return { stream: true, events: relay(head, rest, timer, signal), usage: () => answer.usage() };
}

/** A stream that broke before its first token may already have told what it costs. */
function withUsage(cause: unknown, usage: Usage | null): unknown {
  if (!(cause instanceof UpstreamError) || cause.usage !== null || usage === null) return cause;
  const { kind, message, status, providerCode, retryAfterMs, param } = cause;
  return new UpstreamError(kind, message, {
    status,
    providerCode,
    retryAfterMs,
    param,
    usage,
    cause,
  });
}

/** The events already there, then the others; closing it early closes the upstream. */
async function* relay(
  head: readonly UpstreamEvent[],
  rest: AsyncIterator<readonly UpstreamEvent[]>,
  timer: AttemptTimer,
  signal: AbortSignal,
): AsyncGenerator<readonly UpstreamEvent[]> {
  let ended = false;
  try {
    timer.pause();
    yield head;
    for (;;) {
      timer.progress();
      const { done, value } = await rest.next();
      if (done) break;
      timer.pause();
      yield value;
    }
    ended = true;
  } catch (cause) {
    ended = true;
    throw asUpstreamError(cause, timer, signal);
  } finally {
    timer.dispose();
    if (!ended) await rest.return?.();
  }
}

function timeoutOf({ policy }: ExecutionRequest, target: PlannedTarget): number | null {
  if (target.timeoutMs !== undefined) return target.timeoutMs;
  const { enabled, requestTimeoutMs } = policy.document.resiliencePolicy;
  return enabled ? requestTimeoutMs : null;
}

function asUpstreamError(cause: unknown, timer: AttemptTimer, request: AbortSignal): UpstreamError {
  if (timer.timedOut) {
    return new UpstreamError(
      'timeout',
      `The provider did not answer within ${timer.timeoutMs} ms.`,
      { usage: usageOf(cause), cause },
    );
  }
  if (request.aborted)
    return new UpstreamError('aborted', 'The request was called off.', {
      usage: usageOf(cause),
      cause,
    });
  if (cause instanceof UpstreamError) return cause;
  return new UpstreamError('invalid', 'The answer of the provider could not be read.', { cause });
}

function usageOf(cause: unknown): Usage | null {
  return cause instanceof UpstreamError ? cause.usage : null;
}

function markFailed(record: AttemptRecord, error: unknown): void {
  if (!(error instanceof UpstreamError)) {
    record.code = 'aborted';
    return;
  }
  record.status = error.status ?? record.status;
  record.code =
    error.providerCode ?? (error.kind === 'status' ? `status_${error.status}` : error.kind);
}
