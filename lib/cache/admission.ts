import type { CacheRequest } from '@/lib/gateway/ports';
import type { ChatRequest } from '@/lib/openai/wire';
import { visitRequestTexts } from '@/lib/policy/prompt/text';

/** What a request may have of the cache. */
export type Admission =
  | { kind: 'off' | 'bypass'; reason: string }
  | {
      kind: 'use';
      /** False for `no-cache`: the answer is asked for anew and then kept. */
      read: boolean;
      /** The oldest answer the client takes, seconds. */
      maxAgeSeconds: number;
    };

/** OpenAI's default; above it a caller asks for variety, which a stored answer is not. */
const DEFAULT_TEMPERATURE = 1;

const bypass = (reason: string): Admission => ({ kind: 'bypass', reason });

/** Whether the policy and the request let the cache be used. */
export function admit(asked: CacheRequest): Admission {
  const { policy: compiled, request } = asked;
  const { policy, excludedPatterns } = compiled.cachingPolicy;
  if (!policy.enabled) return { kind: 'off', reason: 'caching is off' };
  const directives = directivesOf(asked.cacheControl);
  if (directives.has('no-store')) return bypass('the request says no-store');
  if (request.stream === true && !policy.cacheStreaming) return bypass('streams are not cached');
  if (policy.scope === 'user' && !request.user) return bypass('the request names no user');
  if ((request.temperature ?? 0) > DEFAULT_TEMPERATURE)
    return bypass('the temperature asks for variety');
  if (hasSideEffects(request)) return bypass('the request asks for more than an answer');
  if (isExcludedModel(asked)) return bypass('the model is excluded');
  if (excludedPatterns.size > 0 && matches(request, excludedPatterns)) {
    return bypass('the prompt matches an excluded pattern');
  }
  const maxAge = Number(directives.get('max-age') ?? Infinity);
  const maxAgeSeconds = Number.isNaN(maxAge) ? 0 : maxAge;
  return { kind: 'use', read: !directives.has('no-cache') && maxAgeSeconds > 0, maxAgeSeconds };
}

/** RFC 9111, 5.2.1: names are case-insensitive, values may be quoted. */
function directivesOf(header: string | undefined): ReadonlyMap<string, string> {
  const parts = (header ?? '').split(',').map((part) => part.trim().split('=', 2));
  return new Map(
    parts.map(([name = '', value = '']) => [
      name.trim().toLowerCase(),
      value.replace(/"/g, '').trim(),
    ]),
  );
}

/** Kept at the provider, spoken, or searched for just now. */
function hasSideEffects({ store, audio, web_search_options: search }: ChatRequest): boolean {
  return store === true || (audio ?? null) !== null || (search ?? null) !== null;
}

/** Known before routing only when the request names its model; what is chosen later is asked when it is stored. */
function isExcludedModel({ principal, policy, request }: CacheRequest): boolean {
  const { excludesModel } = policy.cachingPolicy;
  const named = request.model;
  if (named === undefined || named === 'auto') return false;
  const [first = '', ...others] = named.split('/');
  const connections = principal.connections.filter(({ name }) => name === first);
  if (connections.length > 0) return excludesModel({ provider: first, model: others.join('/') });
  return (
    principal.connections.length > 0 &&
    principal.connections.every(({ name }) => excludesModel({ provider: name, model: named }))
  );
}

function matches(request: ChatRequest, patterns: { firstMatch(text: string): number }): boolean {
  let found = false;
  visitRequestTexts(request, (text, { kind }) => {
    if (kind === 'content' && !found) found = patterns.firstMatch(text) >= 0;
  });
  return found;
}
