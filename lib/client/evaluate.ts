import { useMutation } from '@tanstack/react-query';
import type { RolePolicy } from '@/lib/policy/role-policy';
import { api } from './api';
import { tenantPath } from './paths';
import type { Receipt } from './types';

/** What routing would do, beside all else that a receipt tells. Money is a decimal string. */
export type Evaluation = Receipt & {
  route: {
    strategy: string;
    reason: string;
    candidates: { provider: string; model: string; taken: boolean; reason: string }[];
    /** `provider/model` in the order in which they are tried. */
    order?: string[];
    detail?: {
      score?: number;
      thresholds?: { simple: number; complex: number };
      parts?: { name: string; logit: number }[];
      tier?: string;
      task?: string;
    };
  };
};

/** Asks what the gateway would do with a request under a policy that need not be saved. */
export function useEvaluate(tenant: string, role: string) {
  return useMutation({
    mutationFn: (input: { request: unknown; policy: RolePolicy }) =>
      api.post<Evaluation>(tenantPath(tenant, 'roles', role, 'evaluate'), input),
  });
}
