import 'server-only';
import { appendAudit, type AuditActor } from '@/lib/db/audit-repository';
import type { Tx } from '@/lib/db/client';
import { listTenantsOfUser } from '@/lib/db/users-repository';
import type { ClientOrigin } from '@/lib/http/client-origin';
import type { Actor } from './actor';

/** An actor as the audit trail records it. */
export function auditActor(actor: Actor, origin: ClientOrigin): AuditActor {
  return { type: actor.type, id: actor.id, name: actor.name, ...origin };
}

export type SignInAct = 'session.create' | 'session.refuse' | 'session.end' | 'user.set_password';

/**
 * Records what concerns a person and not one tenant: in the trail of every tenant the person belongs
 * to, or of none when there is no such account. System scope.
 */
export async function auditPerson(
  tx: Tx,
  person: { id: string | null; email: string },
  action: SignInAct,
  origin: ClientOrigin,
  detail: Record<string, unknown> = {},
): Promise<void> {
  const tenants = person.id === null ? [] : await listTenantsOfUser(tx, person.id);
  const tenantIds = tenants.length === 0 ? [null] : tenants.map((tenant) => tenant.id);
  const name = person.email.slice(0, 320);
  for (const tenantId of tenantIds) {
    await appendAudit(tx, {
      tenantId,
      actor: { type: 'user', id: person.id, name, ...origin },
      action,
      target: { type: 'user', id: person.id, name },
      detail,
    });
  }
}
