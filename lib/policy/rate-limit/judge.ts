import { formatReset } from './duration';
import { DAY_MS, HOUR_MS, MINUTE_MS, type RateLimitPlan, type RateWindow } from './plan';
import type { RateLimitCost, RateLimitStatus, Refusal, WindowStatus } from './store';

/** What a store found for the limits of a plan, in the plan's order, before taking anything. */
export type Readings = {
  windows: readonly WindowReading[];
  /** Milliseconds until the burst limit lets the request pass (0: now), and how many would pass now. */
  burst: { waitMs: number; room: number } | null;
  /** Requests in flight. */
  inFlight: number;
};
export type WindowReading = {
  /** Requests or tokens counted in the window. */
  used: number;
  /** Milliseconds until enough is free; 0 when it is. Without meaning for a cost above the limit. */
  waitMs: number;
  /** Milliseconds until all that is counted has left the window. */
  resetMs: number;
};

/** One limit that says no. */
type Objection = Pick<Refusal, 'code' | 'field' | 'message' | 'retryAfterMs'>;

/** How long to wait for a slot: nobody knows when a request in flight ends. */
const SLOT_RETRY_MS = 1000;

/**
 * The answer to a request from the readings of its limits. Both stores decide by this one function,
 * except that the shared one has to take in the same step and so repeats its yes or no in its script.
 * When several limits object, the one that holds longest is named, so that retry-after is true for all.
 */
export function judge(
  plan: RateLimitPlan,
  cost: RateLimitCost,
  readings: Readings,
): { granted: true; status: RateLimitStatus } | Refusal {
  const objections = [
    ...windowObjections(plan, cost, readings),
    ...otherObjections(plan, readings),
  ];
  const [first] = objections.sort((a, b) => holdsFor(b) - holdsFor(a));
  if (!first) return { granted: true, status: statusOf(plan, cost, readings) };
  return { granted: false, ...first, status: statusOf(plan, { requests: 0, tokens: 0 }, readings) };
}

/** The refusal when the counters cannot be reached. */
export function countersUnavailable(): Refusal {
  return {
    granted: false,
    code: 'unavailable',
    field: '',
    message:
      'Rate limits cannot be checked at the moment, so the request was refused. Try again shortly.',
    retryAfterMs: 1000,
    status: { requests: null, tokens: null },
  };
}

/** A cost in whole requests and tokens. @throws RangeError when it is no number: an estimate went wrong. */
export function wholeCost({ requests, tokens }: RateLimitCost): RateLimitCost {
  if (!Number.isFinite(requests) || !Number.isFinite(tokens)) {
    throw new RangeError(`Not a cost: ${requests} requests, ${tokens} tokens`);
  }
  return { requests: Math.max(0, Math.ceil(requests)), tokens: Math.max(0, Math.ceil(tokens)) };
}

/** What a request takes of a window: requests or tokens. */
export function costIn(window: RateWindow, cost: RateLimitCost): number {
  return window.kind === 'requests' ? cost.requests : cost.tokens;
}

const holdsFor = ({ retryAfterMs }: Objection) => retryAfterMs ?? Number.POSITIVE_INFINITY;

function* windowObjections(
  plan: RateLimitPlan,
  cost: RateLimitCost,
  readings: Readings,
): Generator<Objection> {
  for (const [index, window] of plan.windows.entries()) {
    const reading = readings.windows[index];
    const amount = costIn(window, cost);
    if (!reading || reading.used + amount <= window.limit) continue;
    yield window.kind === 'requests'
      ? requestObjection(window, reading)
      : tokenObjection(window, reading, amount);
  }
}

function* otherObjections(
  { burst, concurrency }: RateLimitPlan,
  readings: Readings,
): Generator<Objection> {
  if (burst && readings.burst && readings.burst.waitMs > 0) {
    const { waitMs } = readings.burst;
    yield {
      code: 'rate_limit_exceeded',
      field: 'burstRequests',
      message: `Too many requests at once: at most ${burst.burst + 1} may come together, then one every ${formatReset(burst.intervalMs)}. Try again in ${formatReset(waitMs)}.`,
      retryAfterMs: waitMs,
    };
  }
  if (concurrency && readings.inFlight >= concurrency.limit) {
    yield {
      code: 'concurrency_limit_exceeded',
      field: 'maxConcurrentRequests',
      message: `${concurrency.limit} requests are in flight, the most that may be at once. Try again when one has ended.`,
      retryAfterMs: SLOT_RETRY_MS,
    };
  }
}

function requestObjection(window: RateWindow, { waitMs }: WindowReading): Objection {
  return {
    code: 'rate_limit_exceeded',
    field: window.field,
    message: `The limit of ${window.limit} requests ${span(window)} is reached (${window.field}). Try again in ${formatReset(waitMs)}.`,
    retryAfterMs: waitMs,
  };
}

function tokenObjection(window: RateWindow, reading: WindowReading, amount: number): Objection {
  const limit = `${window.limit} tokens ${span(window)} (${window.field})`;
  const head = { code: 'token_rate_limit_exceeded', field: window.field } as const;
  if (amount > window.limit) {
    return {
      ...head,
      message: `The request may need ${amount} tokens, which is more than the limit of ${limit} ever allows: it can never pass. Shorten the prompt or lower max_completion_tokens.`,
      retryAfterMs: null,
    };
  }
  const left = Math.max(0, window.limit - reading.used);
  return {
    ...head,
    message: `The request may need ${amount} tokens, and ${left} are left of the limit of ${limit}. Try again in ${formatReset(reading.waitMs)}.`,
    retryAfterMs: reading.waitMs,
  };
}

const SPANS = new Map([
  [MINUTE_MS, 'a minute'],
  [HOUR_MS, 'an hour'],
  [DAY_MS, 'a day'],
]);

function span({ windowMs }: RateWindow): string {
  return SPANS.get(windowMs) ?? `in ${formatReset(windowMs)}`;
}

function statusOf(plan: RateLimitPlan, cost: RateLimitCost, readings: Readings): RateLimitStatus {
  const requests = tightest('requests', plan, cost, readings);
  const room = readings.burst ? readings.burst.room - cost.requests : Number.POSITIVE_INFINITY;
  return {
    requests: requests && {
      ...requests,
      remaining: Math.max(0, Math.min(requests.remaining, room)),
    },
    tokens: tightest('tokens', plan, cost, readings),
  };
}

/** The window with the least left; of equals the one that takes longest to come back. */
function tightest(
  kind: RateWindow['kind'],
  plan: RateLimitPlan,
  cost: RateLimitCost,
  readings: Readings,
): WindowStatus | null {
  let found: WindowStatus | null = null;
  plan.windows.forEach((window, index) => {
    const reading = readings.windows[index];
    if (!reading || window.kind !== kind) return;
    const taken = costIn(window, cost);
    const status: WindowStatus = {
      limit: window.limit,
      remaining: Math.max(0, window.limit - reading.used - taken),
      resetMs: taken > 0 ? window.windowMs : reading.resetMs,
    };
    if (!found || isTighter(status, found)) found = status;
  });
  return found;
}

function isTighter(a: WindowStatus, b: WindowStatus): boolean {
  return a.remaining === b.remaining ? a.resetMs > b.resetMs : a.remaining < b.remaining;
}
