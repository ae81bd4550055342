import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from './api';
import { listAll } from './list-all';
import { tenantPath } from './paths';
import { queryKeys } from './query-keys';
import type { LogContent, TenantInput, TenantView } from './types';

/** The tenants the signed-in user is a member of. */
export const tenantsQuery = () =>
  queryOptions({
    queryKey: queryKeys.tenants,
    queryFn: ({ signal }) => listAll<TenantView>('/api/tenants', signal),
    staleTime: 60_000,
  });

export function useCreateTenant() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: TenantInput) => api.post<TenantView>('/api/tenants', input),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.tenants }),
  });
}

export type TenantPatch = Partial<TenantInput & { logContent: LogContent }>;

export function useUpdateTenant(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: TenantPatch) => api.patch<TenantView>(tenantPath(tenant), input),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.tenants }),
  });
}

export function useDeleteTenant(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.del(tenantPath(tenant)),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.tenants }),
  });
}
