import 'server-only';
import type { Tx } from './client';
import { type Prisma, type AuditEntry } from './generated/client';
import { cleanText, isStorable, toJson } from './json';
import { limitOf, pageOf, timePositionOf, type Page, type PageRequest } from './paging';
import { isUuid } from './uuid';

/** Who acted, and from where. */
export type AuditActor = {
  /** `user`: console session; `token`: admin token; `bootstrap`: ROLEGATE_ADMIN_TOKEN; `system`: Rolegate itself. */
  type: 'user' | 'token' | 'bootstrap' | 'system';
  id: string | null;
  /** E-mail address or the token's name. */
  name: string;
  ip: string | null;
  userAgent: string | null;
};

export const SYSTEM_ACTOR: AuditActor = {
  type: 'system',
  id: null,
  name: 'Rolegate',
  ip: null,
  userAgent: null,
};

export type AuditEvent = {
  /** Null for acts on no tenant, such as a sign-in. */
  tenantId: string | null;
  actor: AuditActor;
  /** `<aggregate>.<verb>`: `role.create`, `policy.update`, `key.revoke`. */
  action: string;
  target: { type: string; id: string | null; name: string };
  /** What changed; never a secret. */
  detail?: Record<string, unknown>;
};

export type AuditView = {
  id: string;
  at: string;
  actor: { type: string; id: string | null; name: string };
  action: string;
  target: { type: string; id: string | null; name: string };
  detail: Prisma.JsonValue;
  ip: string | null;
  userAgent: string | null;
};

export type AuditFilter = PageRequest & {
  action?: string;
  targetType?: string;
  targetId?: string;
  actorId?: string;
  from?: Date;
  to?: Date;
};

/** Adds an entry in the transaction of what it records: both stand or neither does. */
export async function appendAudit(tx: Tx, event: AuditEvent): Promise<void> {
  const { actor, target } = event;
  // createMany, because reading the row back would be refused to a scope that may write it but not see it.
  await tx.auditEntry.createMany({
    data: [
      {
        tenantId: event.tenantId,
        actorType: actor.type,
        actorId: actor.id,
        actorName: cleanText(actor.name),
        action: event.action,
        targetType: target.type,
        targetId: target.id,
        targetName: cleanText(target.name),
        detail: toJson(event.detail ?? {}),
        ip: actor.ip,
        userAgent: actor.userAgent === null ? null : cleanText(actor.userAgent).slice(0, 500),
      },
    ],
  });
}

/** A tenant's audit log, newest first. */
export async function listAudit(
  tx: Tx,
  tenantId: string,
  filter: AuditFilter = {},
): Promise<Page<AuditView>> {
  const limit = limitOf(filter);
  const after = timePositionOf(filter);
  if (after && !isUuid(after.id)) return { items: [], nextCursor: null };
  const texts = [filter.action, filter.targetType, filter.targetId, filter.actorId];
  if (!texts.every((text) => text === undefined || isStorable(text)))
    return { items: [], nextCursor: null };
  const rows = await tx.auditEntry.findMany({
    where: {
      tenantId,
      action: filter.action,
      targetType: filter.targetType,
      targetId: filter.targetId,
      actorId: filter.actorId,
      at: { gte: filter.from, lt: filter.to },
      ...(after ? { OR: [{ at: { lt: after.at } }, { at: after.at, id: { lt: after.id } }] } : {}),
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  });
  return pageOf(rows, limit, viewOf, (row) => ({ key: row.at, id: row.id }));
}

function viewOf(row: AuditEntry): AuditView {
  return {
    id: row.id,
    at: row.at.toISOString(),
    actor: { type: row.actorType, id: row.actorId, name: row.actorName },
    action: row.action,
    target: { type: row.targetType, id: row.targetId, name: row.targetName },
    detail: row.detail,
    ip: row.ip,
    userAgent: row.userAgent,
  };
}
