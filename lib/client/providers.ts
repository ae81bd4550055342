import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from './api';
import { listAll } from './list-all';
import { tenantPath } from './paths';
import { queryKeys } from './query-keys';
import type { ProviderInput, ProviderTestResult, ProviderView } from './types';

export const providersQuery = (tenant: string) =>
  queryOptions({
    queryKey: queryKeys.providers(tenant),
    queryFn: ({ signal }) => listAll<ProviderView>(tenantPath(tenant, 'providers'), signal),
  });

function useRefresh(tenant: string) {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: queryKeys.providers(tenant) });
}

export function useCreateProvider(tenant: string) {
  const refresh = useRefresh(tenant);
  return useMutation({
    mutationFn: (input: ProviderInput) =>
      api.post<ProviderView>(tenantPath(tenant, 'providers'), input),
    onSuccess: refresh,
  });
}

export function useUpdateProvider(tenant: string) {
  const refresh = useRefresh(tenant);
  return useMutation({
    mutationFn: ({ id, ...input }: Partial<ProviderInput> & { id: string }) =>
      api.patch<ProviderView>(tenantPath(tenant, 'providers', id), input),
    onSuccess: refresh,
  });
}

export function useDeleteProvider(tenant: string) {
  const refresh = useRefresh(tenant);
  return useMutation({
    mutationFn: (id: string) => api.del(tenantPath(tenant, 'providers', id)),
    onSuccess: refresh,
  });
}

/** Calls the provider once, with the stored credential. */
export function useTestProvider(tenant: string) {
  const refresh = useRefresh(tenant);
  return useMutation({
    mutationFn: (id: string) =>
      api.post<ProviderTestResult>(tenantPath(tenant, 'providers', id, 'test')),
    onSettled: refresh,
  });
}
