import type { ChatCompletion, ChatRequest } from '@/lib/openai/wire';
import type { CompiledPolicy } from '@/lib/policy/compile';
import type { Allow, Deny, Skip } from '@/lib/policy/decision';
import type {
  AttemptRecord,
  CacheStatus,
  CandidateRecord,
  Clock,
  Principal,
  ProviderConnection,
  ProviderKind,
  ProviderRegistry,
  RouteDetail,
  Target,
  UpstreamAnswer,
  Usage,
} from './types';

/**
 * Where budget, cache, routing and resilience plug into the pipeline. Each has a neutral
 * implementation in its own folder; a deeper one replaces it in the composition root and nothing
 * else changes.
 */

/** Which models a kind of provider is known to serve; answers bare names and `/v1/models`. */
export interface ModelCatalogue {
  serves(kind: ProviderKind, model: string): boolean;
  list(kind: ProviderKind): readonly string[];
}

/** What every decision about one request may look at. `request` is what policy left of it. */
export type RequestScope = {
  requestId: string;
  principal: Principal;
  policy: CompiledPolicy;
  request: ChatRequest;
  clock: Clock;
  /** Aborted when the client has gone, the deadline has passed, or the process drains. */
  signal: AbortSignal;
  /** The request is only being judged: decide as ever, but take, count and remember nothing. */
  dryRun?: boolean;
};

/** A target by its names, as prices and receipts know it. */
export type TargetName = { provider: string; kind: ProviderKind; model: string };

export function nameOf({ connection, model }: Target): TargetName {
  return { provider: connection.name, kind: connection.kind, model };
}

// ---------------------------------------------------------------- budget

/** What a request may cost at most, before a target is known. */
export type BudgetRequest = RequestScope & {
  /** Targets the request is known to be meant for; empty when routing has yet to choose. */
  targets: readonly Target[];
  /** Upper bounds in tokens of one attempt. */
  tokens: { input: number; output: number };
};

/**
 * One request's claim on its budget. Every attempt reserves its worst case before it is made and
 * settles what it cost after it; `close` gives back whatever is still reserved.
 */
export interface BudgetHold {
  /** A refusal means that the attempt must not be made. */
  reserve(attempt: { target: Target; worstCaseUsd: string | null }): Promise<Allow | Deny | Skip>;
  /** `costUsd` null: the model has no price. */
  settle(attempt: { target: Target; costUsd: string | null; usage: Usage | null }): Promise<void>;
  /** Idempotent. Never throws for a store that is gone: spend that cannot be settled stays reserved. */
  close(): Promise<void>;
}

export interface BudgetLedger {
  /** Refuses what can't be afforded; warnings travel in the decision. */
  open(
    request: BudgetRequest,
  ): Promise<{ decision: Allow | Skip; hold: BudgetHold } | { decision: Deny }>;
}

// ---------------------------------------------------------------- cache

/** A whole answer with what it took, as it goes into the cache and comes out of it. */
export type CachedAnswer = {
  completion: ChatCompletion;
  usage: Usage;
  /** Who produced it. */
  target: TargetName;
  costUsd: string | null;
  latencyMs: number;
};

export type CacheRequest = RequestScope & {
  /** The request's `cache-control` header. */
  cacheControl?: string | undefined;
};

/** Nothing was given: the answer is asked for, and may be kept. */
export type CacheMiss = {
  /** `bypass`: what is kept was not to be read, but may be replaced. */
  status: 'miss' | 'bypass';
  reason: string;
  /** Queues the answer; neither blocks nor throws. Not called for answers a policy altered or refused. */
  store(answer: CachedAnswer): void;
  /** Called instead of `store` when there is nothing to keep: lets others waiting on this miss go. */
  abandon(): void;
};

export type CacheLookup =
  | { status: 'off' | 'bypass'; reason: string }
  | CacheMiss
  | {
      status: 'hit-exact' | 'hit-semantic';
      reason: string;
      answer: CachedAnswer;
      /** 1 for an exact hit. */
      similarity: number;
      ageSeconds: number;
      /** Names the entry and the pair of questions, should the answer turn out to be wrong. */
      entryId: string;
      pair?: string;
    };

export interface AnswerCache {
  /** An exception counts as a miss that stores nothing: a broken cache never refuses. */
  look(request: CacheRequest): Promise<CacheLookup>;
}

/** What the admin API asks of a cache. `roleId` null: all of the tenant. */
export interface CacheKeeper {
  size(tenantId: string, roleId: string | null): Promise<{ entries: number; bytes: number }>;
  /** Forgets answers, on every replica. */
  clear(tenantId: string, roleId: string | null): Promise<void>;
}

// ---------------------------------------------------------------- routing

/** How the request named its model, after resolution against the tenant's connections. */
export type ModelChoice =
  | { kind: 'explicit'; named: string; targets: readonly Target[] }
  | { kind: 'default'; named: string; targets: readonly Target[] }
  /** Nothing named, or routing overrides what is named. */
  | { kind: 'open' };

export type PlannedTarget = Target & {
  /** Bounds one attempt at this target, milliseconds; absent: the policy's own. */
  timeoutMs?: number;
};

export type RoutePlan = {
  /** For the receipt: `explicit`, `default` or a strategy. */
  strategy: string;
  reason: string;
  /** Targets in the order to try them: the choice, then the fallbacks. Never empty. */
  targets: [PlannedTarget, ...PlannedTarget[]];
  candidates: CandidateRecord[];
  detail?: RouteDetail;
};

/** A refusal that still tells what was considered. */
export type RouteRefusal = Deny & { route?: Omit<RoutePlan, 'targets'> };

export type RouteRequest = RequestScope & {
  choice: ModelChoice;
  connections: readonly ProviderConnection[];
  /** `provider/model` or bare name -> targets that may serve it and that policy permits. */
  resolve(name: string): readonly Target[];
  tokens: { input: number; output: number };
};

export interface RoutePlanner {
  /** Every target of the plan is checked against `modelRestrictions` again by the caller. */
  plan(request: RouteRequest): Promise<RoutePlan | RouteRefusal>;
}

// ---------------------------------------------------------------- resilience

export type ExecutionRequest = RequestScope & {
  plan: RoutePlan;
  tokens: { input: number; output: number };
  budget: BudgetHold;
  /**
   * To be asked before a target is called: takes the limits that are the target's own. A refusal means
   * that this target may not be called now; another one may.
   */
  admit(target: Target): Promise<Deny | null>;
  providers: ProviderRegistry;
  /** What is left until the request's deadline, milliseconds; absent: unbounded. */
  remainingMs?(): number;
  /**
   * Told of every attempt when it has failed, or when its answer (a stream's first token) is there;
   * `finish` completes the record of a stream.
   */
  onAttempt(attempt: AttemptRecord, target: PlannedTarget): void;
};

export type ExecutionOutcome = {
  target: PlannedTarget;
  /** A stream has already yielded its first token: nothing can fall back any more. */
  answer: UpstreamAnswer;
  /**
   * Tells the executor how the answer ended: settles the attempt's budget, counts for breakers.
   * Called once, also for answers that broke off; `error` is undefined when it was whole.
   */
  finish(result: { usage: Usage | null; costUsd: string | null; error: unknown }): Promise<void>;
};

export interface PlanExecutor {
  /** Throws UpstreamError when no target answered; answers a refusal when the budget or every breaker said no. */
  execute(request: ExecutionRequest): Promise<ExecutionOutcome | Deny>;
}

// ---------------------------------------------------------------- observation

export type RequestObservation = {
  status: number;
  code: string | null;
  stream: boolean;
  /** Provider kind of the answering target; connection names are the tenants' own and unbounded. */
  kind: ProviderKind | null;
  cache: CacheStatus;
  attempts: number;
  tokens: { input: number; output: number };
  latencyMs: number;
};

/** Counts for /metrics. Never throws. */
export interface GatewayObserver {
  /** A chat request has come; `finished` follows, whatever becomes of it. */
  started(): void;
  finished(observation: RequestObservation): void;
}
