import type { RateLimitPlan } from './plan';

/** What a request takes from each window. */
export type RateLimitCost = {
  requests: number;
  /** Estimate of input and output tokens; corrected by `settle`. */
  tokens: number;
};

/** Where a request stands in the window that will refuse first. */
export type WindowStatus = {
  limit: number;
  /** What is left after this request. */
  remaining: number;
  /** Milliseconds until the window is as good as new, if nothing more comes. */
  resetMs: number;
};
export type RateLimitStatus = { requests: WindowStatus | null; tokens: WindowStatus | null };

export type RefusalCode =
  | 'rate_limit_exceeded'
  | 'token_rate_limit_exceeded'
  | 'concurrency_limit_exceeded'
  /** The counters cannot be read: without them a limit would not hold, so the answer is no. */
  | 'unavailable';

/** A request that may not go on. It consumed nothing in any window. */
export type Refusal = {
  granted: false;
  code: RefusalCode;
  /** The policy's field that refuses: `requestsPerMinute`, `burstRequests`, `maxConcurrentRequests`. */
  field: string;
  /** Safe to show. */
  message: string;
  /** Milliseconds after which the same request passes if nothing else comes; null: never, or not known. */
  retryAfterMs: number | null;
  status: RateLimitStatus;
};

/** What an admitted request holds. None of its methods throws; all may be called at any time. */
export interface Grant {
  readonly granted: true;
  readonly status: RateLimitStatus;
  /**
   * Takes the further windows of a plan made for the final target, all or nothing, at the same cost.
   * Windows already held are not charged twice; of a former target's own windows the tokens are given
   * back, while its request stays counted. The concurrency slot is kept.
   */
  extend(plan: RateLimitPlan): Promise<Refusal | null>;
  /**
   * Replaces the estimate by the tokens really used, once; later calls do nothing. What was too much
   * goes back to the moment of admission, what was too little counts from now.
   */
  settle(actualTokens: number): Promise<void>;
  /** Frees the concurrency slot. Idempotent. Without `settle` the estimate stays charged. */
  release(): Promise<void>;
  /**
   * Undoes the grant, for a request that a later stage refused: requests and tokens are given back and
   * the slot is freed. Does nothing after `settle`.
   */
  cancel(): Promise<void>;
}

/** Counters of rate limits; see docs/policy-reference.md for what the limits promise. */
export interface RateLimitStore {
  /**
   * Takes from all windows, the burst and the slots of a plan in one atomic step, or from none. A store
   * that cannot be reached refuses with `unavailable`. Rejects only for a cost that is not a number.
   */
  acquire(plan: RateLimitPlan, cost: RateLimitCost): Promise<Grant | Refusal>;
  /** What `acquire` would answer, taking nothing. */
  check(
    plan: RateLimitPlan,
    cost: RateLimitCost,
  ): Promise<{ granted: true; status: RateLimitStatus } | Refusal>;
  /** Stops timers and connections. Grants that are still out are released. */
  close(): Promise<void>;
}

/** Nothing is limited: what a plan without limits comes to. */
export const FREE_STATUS: RateLimitStatus = { requests: null, tokens: null };
