import 'server-only';
import { z } from 'zod';
import { auditActor } from '@/lib/auth/audit';
import { withTenant, type Tx } from '@/lib/db/client';
import type { Page, PageRequest } from '@/lib/db/paging';
import { readPolicy } from '@/lib/db/policies-repository';
import {
  createRole as insertRole,
  deleteRole as removeRole,
  findRole,
  findRoles,
  listRoles as pageOfRoles,
  updateRole,
  type NewRole,
  type RoleView,
} from '@/lib/db/roles-repository';
import { AppError } from '@/lib/errors/app-error';
import { emptyPolicy } from '@/lib/policy/role-policy';
import { defaultPoliciesForTier, TIERS, type Tier } from '@/lib/policy/tiers';
import { audit, type Access } from './access';
import { descriptionSchema, pathNameSchema, refSchema } from './inputs';
import { changesOf } from './tenants';

export const roleInput = z.strictObject({
  name: pathNameSchema,
  description: descriptionSchema.default(''),
  isDefault: z.boolean().default(false),
});
export const rolePatch = z.strictObject({
  name: pathNameSchema.optional(),
  description: descriptionSchema.optional(),
  isDefault: z.boolean().optional(),
});
/** Where a new role's policy comes from; left out: every section off. */
export const roleSourceQuery = z.object({ from: refSchema.optional() });

/** Roles, by name. */
export async function listRoles({ tenant }: Access, page: PageRequest): Promise<Page<RoleView>> {
  return withTenant(tenant.id, (tx) => pageOfRoles(tx, tenant.id, page));
}

/** One role, by id or name. @throws AppError not_found */
export async function readRole({ tenant }: Access, ref: string): Promise<RoleView> {
  return withTenant(tenant.id, (tx) => requireRole(tx, tenant.id, ref));
}

/** Many roles by id at once; those that are gone are missing. */
export async function readRoles(
  { tenant }: Access,
  ids: readonly string[],
): Promise<Map<string, RoleView>> {
  return withTenant(tenant.id, (tx) => findRoles(tx, tenant.id, ids));
}

/**
 * Creates a role. `from`: `tier` (the tenant's own), `tier:free` or a tier's name, or a role by id or
 * name, whose policy is copied. @throws AppError conflict; validation_failed for a source there is not
 */
export async function createRole(
  access: Access<'editor'>,
  input: z.output<typeof roleInput>,
  from?: string,
): Promise<RoleView> {
  const { tenant, actor, origin } = access;
  return withTenant(tenant.id, async (tx) => {
    const source = await sourceOf(tx, access, from);
    const role = await insertRole(
      tx,
      tenant.id,
      { ...input, ...source },
      auditActor(actor, origin),
    );
    await audit(tx, access, {
      action: 'role.create',
      target: targetOf(role),
      detail: { from: from ?? null, isDefault: role.isDefault },
    });
    return role;
  });
}

/** Changes all but the policy. @throws AppError conflict, also for the default role's last mark */
export async function changeRole(
  access: Access<'editor'>,
  ref: string,
  changes: z.output<typeof rolePatch>,
): Promise<RoleView> {
  const { tenant } = access;
  return withTenant(tenant.id, async (tx) => {
    const before = await requireRole(tx, tenant.id, ref);
    if (before.isDefault && changes.isDefault === false) {
      throw conflict('isDefault', 'A tenant has one default role: make another role the default.');
    }
    const role = await updateRole(tx, tenant.id, before.id, changes);
    if (!role) throw noSuchRole();
    await audit(tx, access, {
      action: 'role.update',
      target: targetOf(role),
      detail: { changes: changesOf(before, changes) },
    });
    return role;
  });
}

/** Deletes a role with its history. @throws AppError conflict for the default role and for one with live keys */
export async function deleteRole(access: Access<'editor'>, ref: string): Promise<void> {
  const { tenant } = access;
  await withTenant(tenant.id, async (tx) => {
    const role = await requireRole(tx, tenant.id, ref);
    if (role.isDefault) {
      throw conflict(
        '',
        'The default role cannot be deleted: make another role the default first.',
      );
    }
    if (role.keyCount > 0) {
      const keys = role.keyCount === 1 ? 'a key' : `${role.keyCount} keys`;
      throw conflict('', `The role is in use by ${keys}. Revoke what uses it first.`);
    }
    await removeRole(tx, tenant.id, role.id);
    await audit(tx, access, {
      action: 'role.delete',
      target: targetOf(role),
      detail: { policyVersion: role.policyVersion },
    });
  });
}

/** A role of the tenant by id or name. @throws AppError not_found */
export async function requireRole(tx: Tx, tenantId: string, ref: string): Promise<RoleView> {
  const role = await findRole(tx, tenantId, ref);
  if (!role) throw noSuchRole();
  return role;
}

/** A role named in a query or body. @throws AppError validation_failed at `path` */
export async function requireRoleAt(
  tx: Tx,
  tenantId: string,
  ref: string,
  path: string,
): Promise<RoleView> {
  const role = await findRole(tx, tenantId, ref);
  if (role) return role;
  const message = 'There is no such role: write the id or the name of one.';
  throw new AppError('validation_failed', message, { issues: [{ path, message }] });
}

async function sourceOf(
  tx: Tx,
  { tenant }: Access,
  from: string | undefined,
): Promise<Pick<NewRole, 'policy' | 'tier' | 'comment'>> {
  if (from === undefined) return { policy: emptyPolicy, tier: null };
  const explicit = from === 'tier' || from.startsWith('tier:');
  const tier = from === 'tier' ? tenant.tier : tierNamed(from.replace(/^tier:/, ''));
  // A role may be named after a tier; then the bare name means the role.
  const role = explicit ? null : await findRole(tx, tenant.id, from);
  if (tier && !role) {
    return { policy: defaultPoliciesForTier(tier), tier, comment: `Defaults of the ${tier} tier` };
  }
  const source = role ?? (await requireRoleAt(tx, tenant.id, from, 'from'));
  const view = await readPolicy(tx, tenant.id, source.id);
  if (!view) throw noSuchRole();
  return { policy: view.policy, tier: source.tier, comment: `Copied from ${source.name}` };
}

function tierNamed(name: string): Tier | undefined {
  return TIERS.find((tier) => tier === name);
}

function targetOf({ id, name }: RoleView) {
  return { type: 'role', id, name };
}

/** The answer to a role of nobody's, and of another tenant. */
export function noSuchRole(): AppError {
  return new AppError('not_found', 'There is no such role.');
}

function conflict(path: string, message: string): AppError {
  return new AppError('conflict', message, { issues: [{ path, message }] });
}
