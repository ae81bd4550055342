import type { CompiledPolicy } from '../compile';
import type { ModelTarget } from '../model/match';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** Who a limit counts for; `target` is null until a model is known. */
export type RateLimitSubject = {
  tenantId: string;
  roleId: string;
  keyId: string;
  target: ModelTarget | null;
};

/** At most `limit` requests or tokens in any span of `windowMs` milliseconds. */
export type RateWindow = {
  /** Names the counter in a store; the same for all requests that share the limit. */
  id: string;
  kind: 'requests' | 'tokens';
  /** The policy's field, for messages: `requestsPerMinute`, `perModel.gpt-4*.tokensPerMinute`. */
  field: string;
  limit: number;
  windowMs: number;
};

/** At most `burst + 1` requests at once, then one every `intervalMs`. */
export type BurstLimit = { id: string; burst: number; intervalMs: number; windowMs: number };

/** At most `limit` requests in flight. */
export type ConcurrencyLimit = { id: string; limit: number };

/** Everything that one request has to pass, all or nothing. */
export type RateLimitPlan = {
  /** Groups the counters of one role, so that a sharded store keeps them together. */
  group: string;
  windows: readonly RateWindow[];
  burst: BurstLimit | null;
  concurrency: ConcurrencyLimit | null;
};

const WINDOWS = [
  { field: 'requestsPerMinute', kind: 'requests', windowMs: MINUTE_MS },
  { field: 'requestsPerHour', kind: 'requests', windowMs: HOUR_MS },
  { field: 'requestsPerDay', kind: 'requests', windowMs: DAY_MS },
  { field: 'tokensPerMinute', kind: 'tokens', windowMs: MINUTE_MS },
  { field: 'tokensPerHour', kind: 'tokens', windowMs: HOUR_MS },
  { field: 'tokensPerDay', kind: 'tokens', windowMs: DAY_MS },
] as const;

const PER_MODEL = [
  { field: 'requestsPerMinute', kind: 'requests' },
  { field: 'tokensPerMinute', kind: 'tokens' },
] as const;

/**
 * The limits a request has to pass; empty when the section is off. While the model is open, plan with
 * `target: null`; once it is known, or changes with a fallback, plan again and hand that to the
 * grant's `extend`.
 */
export function planRateLimits(compiled: CompiledPolicy, subject: RateLimitSubject): RateLimitPlan {
  const { policy } = compiled.rateLimitPolicy;
  const group = `${subject.tenantId}/${subject.roleId}`;
  if (!policy.enabled) return { group, windows: [], burst: null, concurrency: null };
  const counter = policy.scope === 'key' ? `key/${subject.keyId}` : 'role';
  const windows = [
    ...roleWindows(policy, counter),
    ...(subject.target ? modelWindows(compiled, subject.target, counter) : []),
  ];
  return {
    group,
    windows,
    burst: planBurst(policy.burstRequests, windows, counter),
    concurrency:
      policy.maxConcurrentRequests > 0
        ? { id: `${counter}/concurrent`, limit: policy.maxConcurrentRequests }
        : null,
  };
}

/** The limit a role has while its budget is exceeded and `onExceeded` is throttle. */
export function planThrottle(
  compiled: CompiledPolicy,
  subject: Pick<RateLimitSubject, 'tenantId' | 'roleId'>,
): RateLimitPlan {
  const window: RateWindow = {
    id: 'role/throttle',
    kind: 'requests',
    field: 'throttleRequestsPerMinute',
    limit: compiled.budgetPolicy.policy.throttleRequestsPerMinute,
    windowMs: MINUTE_MS,
  };
  const group = `${subject.tenantId}/${subject.roleId}`;
  return { group, windows: [window], burst: null, concurrency: null };
}

function roleWindows(
  policy: CompiledPolicy['rateLimitPolicy']['policy'],
  counter: string,
): RateWindow[] {
  return WINDOWS.filter(({ field }) => policy[field] > 0).map((window) => ({
    ...window,
    id: `${counter}/${window.field}`,
    limit: policy[window.field],
  }));
}

function modelWindows(
  compiled: CompiledPolicy,
  target: ModelTarget,
  counter: string,
): RateWindow[] {
  return compiled.rateLimitPolicy.perModel
    .filter(({ matches }) => matches(target))
    .flatMap((limits) =>
      PER_MODEL.filter(({ field }) => limits[field] > 0).map(({ field, kind }) => ({
        id: `${counter}/perModel/${limits.pattern}/${field}`,
        kind,
        field: `perModel.${limits.pattern}.${field}`,
        limit: limits[field],
        windowMs: MINUTE_MS,
      })),
    );
}

/** A burst is measured against the steady rate of the shortest request limit that is not a model's. */
function planBurst(
  burst: number,
  windows: readonly RateWindow[],
  counter: string,
): BurstLimit | null {
  if (burst === 0) return null;
  const own = windows.filter(
    ({ kind, field }) => kind === 'requests' && !field.startsWith('perModel'),
  );
  const [shortest] = own.sort((a, b) => a.windowMs - b.windowMs);
  if (!shortest) return null;
  const { windowMs, limit } = shortest;
  return { id: `${counter}/burst`, burst, intervalMs: windowMs / limit, windowMs };
}
