import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Finding } from '@/lib/policy/lint/finding';
import type { RolePolicy } from '@/lib/policy/role-policy';
import { api } from './api';
import { tenantPath } from './paths';
import { queryKeys } from './query-keys';

/**
 * What is worth a second look in a policy that need not be saved. Answers are kept by what was asked:
 * going back to an earlier state of the form asks nothing. Meanwhile the findings before stay.
 */
export const lintQuery = (tenant: string, role: string, policy: RolePolicy) =>
  queryOptions({
    queryKey: [...queryKeys.roles.policy(tenant, role), 'lint', policy],
    queryFn: async ({ signal }) => {
      const path = tenantPath(tenant, 'roles', role, 'policy', 'lint');
      return (await api.post<{ findings: Finding[] }>(path, { policy }, { signal })).findings;
    },
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
  });
