import { useMutation } from '@tanstack/react-query';
import type { RolePolicy } from '@/lib/policy/role-policy';
import { api } from './api';
import { tenantPath } from './paths';
import type { ReceiptDetail } from './requests';

/** Asks what the gateway would do with a request under a policy that need not be saved. */
export function useEvaluate(tenant: string, role: string) {
  return useMutation({
    mutationFn: (input: { request: unknown; policy: RolePolicy }) =>
      api.post<ReceiptDetail>(tenantPath(tenant, 'roles', role, 'evaluate'), input),
  });
}
