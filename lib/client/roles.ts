import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, withQuery } from './api';
import { listAll } from './list-all';
import { tenantPath } from './paths';
import { queryKeys } from './query-keys';
import type { RoleInput, RoleSource, RoleView } from './types';

export const rolesQuery = (tenant: string) =>
  queryOptions({
    queryKey: queryKeys.roles.list(tenant),
    queryFn: ({ signal }) => listAll<RoleView>(tenantPath(tenant, 'roles'), signal),
  });

export const roleQuery = (tenant: string, role: string) =>
  queryOptions({
    queryKey: queryKeys.roles.one(tenant, role),
    queryFn: ({ signal }) => api.get<RoleView>(tenantPath(tenant, 'roles', role), { signal }),
  });

/** `?from=` of a new role; an empty policy is asked for by leaving it out. */
function fromOf(source: RoleSource): string | undefined {
  if (source.kind === 'tier') return `tier:${source.tier}`;
  return source.kind === 'role' ? source.id : undefined;
}

export function useCreateRole(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ source, ...role }: RoleInput & { source: RoleSource }) =>
      api.post<RoleView>(withQuery(tenantPath(tenant, 'roles'), { from: fromOf(source) }), role),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.roles.list(tenant) }),
  });
}

export function useUpdateRole(tenant: string, role: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Partial<RoleInput>) =>
      api.patch<RoleView>(tenantPath(tenant, 'roles', role), input),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.roles.all(tenant) }),
  });
}

export function useDeleteRole(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (role: string) => api.del(tenantPath(tenant, 'roles', role)),
    onSuccess: async (_, role) => {
      client.removeQueries({ queryKey: queryKeys.roles.one(tenant, role) });
      await client.invalidateQueries({ queryKey: queryKeys.roles.list(tenant) });
      await client.invalidateQueries({ queryKey: queryKeys.keys(tenant) });
    },
  });
}
