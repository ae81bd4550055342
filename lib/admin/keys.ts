import 'server-only';
import { z } from 'zod';
import {
  createApiKey,
  findApiKey,
  listApiKeys,
  revokeApiKey,
  type KeyView,
  type NewKeyView,
} from '@/lib/db/api-keys-repository';
import { withTenant } from '@/lib/db/client';
import type { Page, PageRequest } from '@/lib/db/paging';
import { AppError } from '@/lib/errors/app-error';
import { audit, type Access } from './access';
import { expirySchema, nameSchema, pageQuery, refSchema } from './inputs';
import { requireRoleAt } from './roles';

export const keyInput = z.strictObject({
  name: nameSchema,
  role: z.string('Write the id or the name of a role.').pipe(refSchema),
  expiresAt: expirySchema,
});
export const keysQuery = pageQuery.extend({
  role: refSchema.optional(),
  /** `true` lists revoked keys too. */
  revoked: z.enum(['true', 'false']).optional(),
});

/**
 * API keys, newest first, of one role if asked for; revoked ones only when asked for.
 * @throws AppError validation_failed for a role that there is not
 */
export async function listKeys(
  { tenant }: Access,
  { role, revoked, ...page }: PageRequest & { role?: string; revoked?: 'true' | 'false' },
): Promise<Page<KeyView>> {
  return withTenant(tenant.id, async (tx) => {
    const bound = role === undefined ? null : await requireRoleAt(tx, tenant.id, role, 'role');
    return listApiKeys(tx, tenant.id, {
      ...page,
      roleId: bound?.id,
      includeRevoked: revoked === 'true',
    });
  });
}

/** Creates a key; its secret is in this answer and nowhere else. */
export async function createKey(
  access: Access<'editor'>,
  input: z.output<typeof keyInput>,
): Promise<NewKeyView> {
  const { tenant, actor } = access;
  return withTenant(tenant.id, async (tx) => {
    const role = await requireRoleAt(tx, tenant.id, input.role, 'role');
    const key = await createApiKey(tx, tenant.id, {
      name: input.name,
      roleId: role.id,
      expiresAt: input.expiresAt,
      createdBy: actor.name,
    });
    await audit(tx, access, {
      action: 'key.create',
      target: targetOf(key),
      detail: { role: role.name, prefix: key.prefix, expiresAt: key.expiresAt },
    });
    return key;
  });
}

/** One API key, without its secret. @throws AppError not_found */
export async function readKey({ tenant }: Access, id: string): Promise<KeyView> {
  const key = await withTenant(tenant.id, (tx) => findApiKey(tx, tenant.id, id));
  if (!key) throw noSuchKey();
  return key;
}

/** Revokes a key for good; the gateway refuses it within a second. Its requests stay in the log. */
export async function revokeKey(access: Access<'editor'>, id: string): Promise<void> {
  const { tenant } = access;
  await withTenant(tenant.id, async (tx) => {
    const key = await revokeApiKey(tx, tenant.id, id);
    if (!key) throw noSuchKey();
    await audit(tx, access, {
      action: 'key.revoke',
      target: targetOf(key),
      detail: { role: key.role.name, prefix: key.prefix },
    });
  });
}

function targetOf({ id, name }: KeyView) {
  return { type: 'key', id, name };
}

function noSuchKey(): AppError {
  return new AppError('not_found', 'There is no such key, or it is revoked already.');
}
