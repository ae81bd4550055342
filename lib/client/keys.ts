import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from './api';
import { listAll } from './list-all';
import { tenantPath } from './paths';
import { queryKeys } from './query-keys';
import type { KeyInput, KeyView, NewKey } from './types';

/** All keys, revoked ones too. */
export const keysQuery = (tenant: string) =>
  queryOptions({
    queryKey: queryKeys.keys(tenant),
    queryFn: ({ signal }) =>
      listAll<KeyView>(tenantPath(tenant, 'keys'), signal, { revoked: true }),
  });

/** The answer carries the secret; it is not kept in any cache. */
export function useCreateKey(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: KeyInput) => api.post<NewKey>(tenantPath(tenant, 'keys'), input),
    gcTime: 0,
    onSuccess: () => refreshKeys(client, tenant),
  });
}

export function useRevokeKey(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.del(tenantPath(tenant, 'keys', id)),
    onSuccess: () => refreshKeys(client, tenant),
  });
}

async function refreshKeys(client: ReturnType<typeof useQueryClient>, tenant: string) {
  await Promise.all([
    client.invalidateQueries({ queryKey: queryKeys.keys(tenant) }),
    client.invalidateQueries({ queryKey: queryKeys.roles.list(tenant) }),
  ]);
}
