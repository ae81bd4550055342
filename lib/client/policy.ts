import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type { RolePolicy } from '@/lib/policy/role-policy';
import { api, withQuery, type ApiResponse } from './api';
import { tenantPath } from './paths';
import { queryKeys } from './query-keys';
import type { Page, PolicyDocument, PolicyView, RevisionSummary } from './types';

const policyPath = (tenant: string, role: string) => tenantPath(tenant, 'roles', role, 'policy');

function withEtag({ data, headers }: ApiResponse<PolicyView>): PolicyDocument {
  return { ...data, etag: headers.get('etag') ?? `"${data.version}"` };
}

/** Reads a policy past the cache, e.g. after a 412 to show what came between. */
export async function fetchPolicy(
  tenant: string,
  role: string,
  signal?: AbortSignal,
): Promise<PolicyDocument> {
  return withEtag(
    await api.raw<PolicyView>('GET', policyPath(tenant, role), undefined, { signal }),
  );
}

export const policyQuery = (tenant: string, role: string) =>
  queryOptions({
    queryKey: queryKeys.roles.policy(tenant, role),
    queryFn: ({ signal }) => fetchPolicy(tenant, role, signal),
  });

export type SavePolicyInput = { policy: RolePolicy; comment?: string; etag: string };

/**
 * Saves a whole policy. Throws ApiError 412 `version_conflict` with `currentVersion` when another save
 * came between, and 422 with an issue per fault whose `path` is a form path such as
 * `budgetPolicy.alertEmails.0`.
 */
export function useSavePolicy(tenant: string, role: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ policy, comment, etag }: SavePolicyInput) =>
      withEtag(
        await api.raw<PolicyView>(
          'PUT',
          policyPath(tenant, role),
          comment ? { policy, comment } : { policy },
          { headers: { 'if-match': etag } },
        ),
      ),
    onSuccess: async (saved) => {
      client.setQueryData(queryKeys.roles.policy(tenant, role), saved);
      await refreshAround(client, tenant, role);
    },
  });
}

/** All that shows a role's state besides the policy document itself. */
async function refreshAround(
  client: ReturnType<typeof useQueryClient>,
  tenant: string,
  role: string,
): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: queryKeys.roles.list(tenant) }),
    client.invalidateQueries({ queryKey: queryKeys.roles.one(tenant, role), exact: true }),
    client.invalidateQueries({ queryKey: queryKeys.roles.revisions(tenant, role) }),
  ]);
}

/** Newest first; `fetchNextPage` for older ones. */
export const revisionsQuery = (tenant: string, role: string) =>
  infiniteQueryOptions({
    queryKey: queryKeys.roles.revisions(tenant, role),
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<RevisionSummary>>(
        withQuery(`${policyPath(tenant, role)}/revisions`, { limit: 25, cursor: pageParam }),
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

/** Makes a new version out of an old one. */
export function useRestoreRevision(tenant: string, role: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (version: number) =>
      withEtag(
        await api.raw<PolicyView>(
          'POST',
          `${policyPath(tenant, role)}/revisions/${version}/restore`,
          {},
        ),
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: queryKeys.roles.policy(tenant, role) });
      await refreshAround(client, tenant, role);
    },
  });
}
