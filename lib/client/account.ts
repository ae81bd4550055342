import { queryOptions, useMutation } from '@tanstack/react-query';
import { api } from './api';
import { queryKeys } from './query-keys';
import type { Me } from './types';

/** Who is signed in. */
export const meQuery = () =>
  queryOptions({
    queryKey: queryKeys.me,
    queryFn: ({ signal }) => api.get<Me>('/api/me', { signal }),
    staleTime: 5 * 60_000,
  });

/** Ends every session of the person, this one included. */
export function useChangePassword() {
  return useMutation({
    mutationFn: (input: { currentPassword: string; newPassword: string }) =>
      api.put<void>('/api/me/password', input),
    gcTime: 0,
  });
}

const invitePath = (token: string) => `/api/invites/${encodeURIComponent(token)}`;

/** Whom an invitation link is for. */
export const inviteQuery = (token: string) =>
  queryOptions({
    queryKey: queryKeys.invite(token),
    queryFn: ({ signal }) =>
      api.get<{ email: string; expiresAt: string }>(invitePath(token), { signal }),
    // The link stops working once it has been used; what it said must not vanish under the reader.
    staleTime: Infinity,
  });

export function useAcceptInvite(token: string) {
  return useMutation({
    mutationFn: (password: string) => api.post<{ email: string }>(invitePath(token), { password }),
    gcTime: 0,
  });
}
