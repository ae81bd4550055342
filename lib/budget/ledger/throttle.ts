import { MINUTE_MS, type RateLimitPlan } from '@/lib/policy/rate-limit/plan';

/** The reduced rate of a role whose budget is exceeded, as a plan for the rate-limit counters. */
export function throttlePlan(
  { tenantId, roleId }: { tenantId: string; roleId: string },
  requestsPerMinute: number,
): RateLimitPlan {
  return {
    group: `${tenantId}/${roleId}`,
    windows: [
      {
        id: 'budget-throttle',
        kind: 'requests',
        field: 'throttleRequestsPerMinute',
        limit: requestsPerMinute,
        windowMs: MINUTE_MS,
      },
    ],
    burst: null,
    concurrency: null,
  };
}
