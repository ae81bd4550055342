import type { ResiliencePolicy } from '@/lib/policy/resilience/schema';

type BackoffPolicy = Pick<ResiliencePolicy, 'retryBackoffMs' | 'retryBackoffMax' | 'retryJitter'>;

/**
 * Wait before a retry, milliseconds: exponential from the base to the maximum, with full jitter
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/). What the provider asks
 * for is obeyed when it is longer than that and no longer than the maximum.
 * @param retry 0 for the first retry
 * @param random 0 to 1
 */
export function backoffMs(
  policy: BackoffPolicy,
  retry: number,
  retryAfterMs: number | null,
  random: () => number,
): number {
  const ceiling = Math.min(
    policy.retryBackoffMax,
    policy.retryBackoffMs * 2 ** Math.min(retry, 30),
  );
  const wait = policy.retryJitter ? random() * ceiling : ceiling;
  const asked = retryAfterMs !== null && retryAfterMs <= policy.retryBackoffMax ? retryAfterMs : 0;
  return Math.max(wait, asked);
}
