import type { Budgeted } from '../context';
import { scopeOf } from '../context';
import type { CacheLookup } from '../ports';
import type { Stage } from '../stage';

/** A cache that is broken costs a hit, not the request. */
export const lookInCache: Stage<Budgeted, { lookup: CacheLookup }> = async (context, deps) => {
  const { trail, id } = context;
  let lookup: CacheLookup;
  try {
    lookup = await deps.cache.look(scopeOf(context, deps.clock));
  } catch (error) {
    deps.log.warn({ err: error, requestId: id }, 'the answer cache failed');
    lookup = { status: 'bypass', reason: 'the cache failed' };
  }
  trail.cache.status = lookup.status;
  if (lookup.status === 'miss') {
    const { store, abandon } = lookup;
    const startedMs = performance.now();
    context.scope.defer('cache', () => {
      const { keep } = context.ending;
      const { usage, target, costUsd } = trail;
      if (!keep || !usage || !target) return abandon();
      store({ completion: keep, usage, target, costUsd, latencyMs: performance.now() - startedMs });
    });
  }
  if ('answer' in lookup) {
    trail.cache.similarity = lookup.similarity;
    trail.cache.ageSeconds = lookup.ageSeconds;
  }
  return {
    verdict: lookup.status === 'off' ? 'skip' : 'allow',
    reason: lookup.reason,
    add: { lookup },
  };
};
