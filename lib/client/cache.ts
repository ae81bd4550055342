import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, withQuery } from './api';
import { tenantPath } from './paths';
import { queryKeys } from './query-keys';

/** What the cache of a role holds and did over the last 30 days. Money is a decimal string. */
export type CacheStats = {
  hits: number;
  misses: number;
  entries: number;
  bytes: number;
  costSavedUsd: string;
  latencySavedMs: number;
  wrongAnswers: number;
};

/** What the cache makes of two questions. `similarity` is 0 when a check objects. */
export type CacheMatch = {
  cosine: number | null;
  similarity: number;
  comparable: boolean;
  checks: { name: string; differs: string | null }[];
};

const LIVE_MS = 2000;

/** Read again every two seconds while somebody looks. */
export const cacheStatsQuery = (tenant: string, role: string) =>
  queryOptions({
    queryKey: queryKeys.cache(tenant, role),
    queryFn: ({ signal }) =>
      api.get<CacheStats>(withQuery(tenantPath(tenant, 'cache', 'stats'), { role }), { signal }),
    refetchInterval: LIVE_MS,
  });

/** Judges two questions; nothing is kept of them. */
export function useMatch(tenant: string) {
  return useMutation({
    mutationFn: (questions: { a: string; b: string }) =>
      api.post<CacheMatch>(tenantPath(tenant, 'cache', 'match'), questions),
  });
}

/** What a purge takes of a role's answers; an empty text does not narrow it down. */
export type Purge = {
  /** `provider/model` with `*`, of who answered or what was asked for. */
  model: string;
  /** RE2, searched in the question. */
  pattern: string;
};

/** Removes cached answers of a role. Rejects with status 422 and issues at `model` and `pattern`. */
export function usePurge(tenant: string, role: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (which: Purge) =>
      api.del(withQuery(tenantPath(tenant, 'cache'), { role, ...which })),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.cache(tenant, role) }),
  });
}
