import type { Budgeted } from '../context';
import { scopeOf } from '../context';
import type { CacheLookup } from '../ports';
import type { Stage } from '../stage';

/** A cache that is broken costs a hit, not the request. */
export const lookInCache: Stage<Budgeted, { lookup: CacheLookup }> = async (context, deps) => {
  const { trail, id } = context;
  let lookup: CacheLookup;
  try {
    lookup = await deps.cache.look({
      ...scopeOf(context, deps.clock),
      cacheControl: context.incoming.header('cache-control'),
    });
  } catch (error) {
    deps.log.warn({ err: error, requestId: id }, 'the answer cache failed');
    lookup = { status: 'bypass', reason: 'the cache failed' };
  }
  trail.cache.status = lookup.status;
  if ('abandon' in lookup) {
    const { store, abandon } = lookup;
    const startedMs = performance.now();
    context.scope.defer('cache', () => {
      const { keep } = context.ending;
      const { usage, target, costUsd } = trail;
      if (!keep || !usage || !target) return abandon();
      const latencyMs = performance.now() - startedMs;
      store({ completion: keep, usage, target, costUsd, latencyMs });
    });
  }
  if ('answer' in lookup) {
    trail.cache.similarity = lookup.similarity;
    trail.cache.ageSeconds = lookup.ageSeconds;
    trail.cache.entryId = lookup.entryId;
    if (lookup.pair !== undefined) trail.cache.pair = lookup.pair;
  }
  return {
    verdict: lookup.status === 'off' ? 'skip' : 'allow',
    reason: lookup.reason,
    add: { lookup },
  };
};
