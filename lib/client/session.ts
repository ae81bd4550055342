import { queryOptions } from '@tanstack/react-query';
import { api } from './api';
import { queryKeys } from './query-keys';
import type { Session } from './types';

/** Who is signed in, from next-auth's own endpoint. */
export const sessionQuery = () =>
  queryOptions({
    queryKey: queryKeys.session,
    queryFn: ({ signal }) => api.get<Session>('/api/auth/session', { signal }),
    staleTime: 5 * 60_000,
  });
