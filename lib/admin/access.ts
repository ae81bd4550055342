import 'server-only';
import type { Actor } from '@/lib/auth/actor';
import { auditActor } from '@/lib/auth/audit';
import { isAtLeast, type AtLeast, type MembershipRole } from '@/lib/auth/membership';
import { appendAudit, type AuditEvent } from '@/lib/db/audit-repository';
import { withSystem, type Tx } from '@/lib/db/client';
import { findMembershipRole } from '@/lib/db/memberships-repository';
import { findTenant, type TenantRecord } from '@/lib/db/tenants-repository';
import { AppError } from '@/lib/errors/app-error';
import type { ClientOrigin } from '@/lib/http/client-origin';

/** Who calls, and from where. */
export type Caller = { actor: Actor; origin: ClientOrigin };

/**
 * The right to act in a tenant as `R` at least. Only `authorise` makes one, and every use case asks for
 * one, so that a use case without its check does not compile.
 */
export type Access<R extends MembershipRole = 'viewer'> = Caller & {
  tenant: TenantRecord;
  role: AtLeast<R>;
};

/**
 * Lets a caller into a tenant (by id or slug).
 * @throws AppError not_found for a tenant that the caller does not belong to, as if it did not exist;
 *   forbidden for a member who may not do this
 */
export async function authorise<R extends MembershipRole>(
  caller: Caller,
  tenantRef: string,
  least: R,
): Promise<Access<R>> {
  const found = await withSystem(async (tx) => {
    const tenant = await findTenant(tx, tenantRef);
    const role = tenant && (await roleIn(tx, caller.actor, tenant.id));
    return tenant && role ? { tenant, role } : null;
  });
  if (!found) throw new AppError('not_found', 'There is no such tenant.');
  const { tenant, role } = found;
  if (!isAtLeast(role, least)) {
    throw new AppError('forbidden', `This needs the role ${least}; yours is ${role}.`);
  }
  return { ...caller, tenant, role };
}

async function roleIn(tx: Tx, actor: Actor, tenantId: string): Promise<MembershipRole | null> {
  if (actor.type === 'bootstrap') return 'owner';
  if (actor.type === 'token') return actor.tenantId === tenantId ? actor.role : null;
  return findMembershipRole(tx, tenantId, actor.id);
}

/** Records an act in the transaction that does it. */
export async function audit(
  tx: Tx,
  access: Caller & { tenant: { id: string } },
  act: Omit<AuditEvent, 'tenantId' | 'actor'>,
): Promise<void> {
  const actor = auditActor(access.actor, access.origin);
  await appendAudit(tx, { tenantId: access.tenant.id, actor, ...act });
}
