import 'server-only';
import { z } from 'zod';
import { withTenant } from '@/lib/db/client';
import { loadRole, loadTenant } from '@/lib/db/principal-loader';
import { PolicyUnreadableError } from '@/lib/db/policy-codec';
import { AppError } from '@/lib/errors/app-error';
import { firstAsked } from '@/lib/gateway/first-asked';
import type { Receipt } from '@/lib/gateway/types';
import { currentRuntime } from '@/lib/server/current-runtime';
import type { Access } from './access';
import { requireRole } from './roles';
import { checkedPolicy } from './validate-policy';

export const evaluateBody = z.strictObject({
  /** A chat-completions request, judged as it is: what is wrong with it is the receipt's business. */
  request: z
    .unknown()
    .refine((request) => request !== undefined, 'Write a chat-completions request.'),
  /** Judged instead of the saved policy, by the same rules as a save. */
  policy: z.looseObject({}, { error: 'Write a policy document.' }).optional(),
});

/**
 * The receipt that the gateway would write for a request of this role: every decision, no provider
 * called, nothing consumed. Viewers may ask, since nothing changes.
 */
export async function evaluate(
  { tenant }: Access,
  roleRef: string,
  input: z.output<typeof evaluateBody>,
): Promise<Omit<Receipt, 'tenantId'>> {
  const policy = input.policy === undefined ? undefined : checkedPolicy(input.policy);
  const { id } = await withTenant(tenant.id, (tx) => requireRole(tx, tenant.id, roleRef));
  const [shared, role] = await Promise.all([loadTenant(tenant.id), stored(tenant.id, id)]);
  if (!shared || !role) throw new AppError('not_found', 'There is no such role.');
  const key = { id: 'evaluation', name: 'evaluation', expiresAt: null };
  const principal = { ...shared, ...role, key };
  const { tenantId: _own, ...receipt } = await currentRuntime().evaluate({
    principal,
    policy,
    request: input.request,
  });
  return firstAsked(receipt);
}

async function stored(tenantId: string, roleId: string) {
  try {
    return await loadRole(tenantId, roleId);
  } catch (cause) {
    if (!(cause instanceof PolicyUnreadableError)) throw cause;
    throw new AppError('policy_unavailable', `${cause.message}. Save the policy anew.`, { cause });
  }
}
