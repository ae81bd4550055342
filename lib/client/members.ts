import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from './api';
import { listAll } from './list-all';
import { tenantPath } from './paths';
import { queryKeys } from './query-keys';
import type {
  Invitation,
  MemberView,
  MembershipRole,
  NewMember,
  NewToken,
  TokenInput,
  TokenView,
} from './types';

export const membersQuery = (tenant: string) =>
  queryOptions({
    queryKey: queryKeys.members(tenant),
    queryFn: ({ signal }) => listAll<MemberView>(tenantPath(tenant, 'members'), signal),
  });

export const tokensQuery = (tenant: string) =>
  queryOptions({
    queryKey: queryKeys.tokens(tenant),
    queryFn: ({ signal }) => listAll<TokenView>(tenantPath(tenant, 'tokens'), signal),
  });

export function useAddMember(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { email: string; role: MembershipRole }) =>
      api.post<NewMember>(tenantPath(tenant, 'members'), input),
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.members(tenant) }),
  });
}

export function useChangeMember(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, role }: { id: string; role: MembershipRole }) =>
      api.patch<MemberView>(tenantPath(tenant, 'members', id), { role }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.members(tenant) }),
  });
}

/** A fresh link for a member who has no way to sign in yet; 409 for one who has. */
export function useInviteAgain(tenant: string) {
  return useMutation({
    mutationFn: (id: string) => api.post<Invitation>(tenantPath(tenant, 'members', id, 'invite')),
    gcTime: 0,
  });
}

export function useRemoveMember(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.del(tenantPath(tenant, 'members', id)),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.members(tenant) }),
  });
}

export function useCreateToken(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: TokenInput) => api.post<NewToken>(tenantPath(tenant, 'tokens'), input),
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.tokens(tenant) }),
  });
}

export function useDeleteToken(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.del(tenantPath(tenant, 'tokens', id)),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.tokens(tenant) }),
  });
}
