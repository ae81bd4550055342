import type { UpstreamError } from '@/lib/gateway/types';
import type { ResiliencePolicy } from '@/lib/policy/resilience/schema';

/** Statuses of the 4xx that may pass by themselves: request timeout, lock conflict, rate limit. */
const PASSING = new Set([408, 409, 429]);
/** What no other target could answer either: the request itself is at fault. */
const FAULTS_OF_THE_REQUEST = new Set([400, 405, 406, 411, 413, 414, 415, 422, 431]);

/** Whether the same target may be asked again, and in a phrase why or why not. */
export function retryVerdict(
  error: UpstreamError,
  policy: ResiliencePolicy,
): { retry: boolean; why: string } {
  if (error.kind === 'aborted') return { retry: false, why: 'the request was called off' };
  if (isLasting(error)) return { retry: false, why: `a ${error.status} is never retried` };
  if (isListed(error, policy.retryableErrors))
    return { retry: true, why: 'listed in retryableErrors' };
  const [field, on] = flagOf(error, policy);
  return { retry: on, why: `${field} is ${on ? 'on' : 'off'}` };
}

/** Whether the failure speaks against the provider, rather than against this request. */
export function countsAgainstProvider(error: UpstreamError): boolean {
  return error.kind !== 'aborted' && !isLasting(error);
}

/** Whether another target may succeed where this one has failed. */
export function mayFallBack(error: UpstreamError): boolean {
  if (error.kind === 'aborted') return false;
  return !(error.kind === 'status' && FAULTS_OF_THE_REQUEST.has(error.status ?? 0));
}

function isLasting({ kind, status }: UpstreamError): boolean {
  return (
    kind === 'status' && status !== null && status >= 400 && status < 500 && !PASSING.has(status)
  );
}

function isListed({ status, providerCode }: UpstreamError, listed: readonly string[]): boolean {
  return (
    listed.includes(String(status)) || (providerCode !== null && listed.includes(providerCode))
  );
}

function flagOf(
  { kind, status }: UpstreamError,
  policy: ResiliencePolicy,
): [field: keyof ResiliencePolicy, on: boolean] {
  if (status === 429) return ['retryOnRateLimit', policy.retryOnRateLimit];
  if (kind === 'timeout' || status === 408) return ['retryOnTimeout', policy.retryOnTimeout];
  return ['retryOnServerError', policy.retryOnServerError];
}
