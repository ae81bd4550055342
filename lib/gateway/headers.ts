import { rateLimitHeaders } from '@/lib/policy/rate-limit/enforce';
import type { Trail } from './trail';

/** Response headers of the contract, as far as the request came. */
export function trailHeaders(id: string, trail: Trail): Record<string, string> {
  const headers: Record<string, string> = { 'x-request-id': id };
  const { principal, target, route, cache, warnings } = trail;
  if (principal) {
    headers['x-rolegate-policy-version'] = String(principal.policy.version);
    headers['x-rolegate-cache'] = cache.status;
    headers['x-rolegate-attempts'] = String(trail.attempts.length);
  }
  if (target) {
    headers['x-rolegate-provider'] = headerValue(target.provider);
    headers['x-rolegate-model'] = headerValue(target.model);
  }
  if (route.strategy !== 'none') headers['x-rolegate-route'] = headerValue(routeHeader(route));
  if (cache.ageSeconds !== null) headers.age = String(Math.floor(cache.ageSeconds));
  if (cache.similarity !== null)
    headers['x-rolegate-cache-similarity'] = cache.similarity.toFixed(4);
  if (warnings.size > 0) headers['x-rolegate-warnings'] = [...warnings].join(',');
  return Object.assign(headers, rateLimitHeaders(trail.rateLimits));
}

function routeHeader({ strategy, reason }: { strategy: string; reason: string }): string {
  return strategy === 'explicit' || strategy === 'default' ? strategy : `${strategy}:${reason}`;
}

/** Names come from tenants and upstreams: what a header cannot carry is percent-encoded. */
function headerValue(value: string): string {
  return PRINTABLE.test(value) ? value : encodeURIComponent(wellFormed(value));
}
const PRINTABLE = /^[\x20-\x7e]*$/;

/** Lone surrogates, which `encodeURIComponent` throws on, become U+FFFD. */
function wellFormed(value: string): string {
  return Buffer.from(value, 'utf8').toString('utf8');
}
