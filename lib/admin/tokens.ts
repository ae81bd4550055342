import 'server-only';
import { z } from 'zod';
import { MEMBERSHIP_ROLES } from '@/lib/auth/membership';
import {
  createAdminToken,
  deleteAdminToken,
  listAdminTokens,
  type NewTokenView,
  type TokenView,
} from '@/lib/db/admin-tokens-repository';
import { withTenant } from '@/lib/db/client';
import type { Page, PageRequest } from '@/lib/db/paging';
import { AppError } from '@/lib/errors/app-error';
import { audit, type Access } from './access';
import { expirySchema, nameSchema } from './inputs';

export const membershipRoleSchema = z.enum(MEMBERSHIP_ROLES, {
  error: `Write one of ${MEMBERSHIP_ROLES.join(', ')}.`,
});
export const tokenInput = z.strictObject({
  name: nameSchema,
  role: membershipRoleSchema,
  expiresAt: expirySchema,
});

/** Admin tokens, newest first, without their secrets. */
export async function listTokens(
  { tenant }: Access<'owner'>,
  page: PageRequest,
): Promise<Page<TokenView>> {
  return withTenant(tenant.id, (tx) => listAdminTokens(tx, tenant.id, page));
}

/** Creates an admin token; its secret is in this answer and nowhere else. */
export async function createToken(
  access: Access<'owner'>,
  input: z.output<typeof tokenInput>,
): Promise<NewTokenView> {
  const { tenant, actor } = access;
  return withTenant(tenant.id, async (tx) => {
    const token = await createAdminToken(tx, tenant.id, { ...input, createdBy: actor.name });
    await audit(tx, access, {
      action: 'token.create',
      target: targetOf(token),
      detail: { role: token.role, prefix: token.prefix, expiresAt: token.expiresAt },
    });
    return token;
  });
}

/** Deletes a token; it is refused from now on. */
export async function deleteToken(access: Access<'owner'>, id: string): Promise<void> {
  const { tenant } = access;
  await withTenant(tenant.id, async (tx) => {
    const token = await deleteAdminToken(tx, tenant.id, id);
    if (!token) throw new AppError('not_found', 'There is no such admin token.');
    await audit(tx, access, {
      action: 'token.delete',
      target: targetOf(token),
      detail: { role: token.role, prefix: token.prefix },
    });
  });
}

function targetOf({ id, name }: TokenView) {
  return { type: 'token', id, name };
}
