import 'server-only';
import { diffPolicies, type PolicyChange } from '@/lib/policy/diff';
import { emptyPolicy, POLICY_KINDS, type RolePolicy } from '@/lib/policy/role-policy';
import type { AuditActor } from './audit-repository';
import type { Tx } from './client';
import type { Role, RolePolicyRevision } from './generated/client';
import { cleanText, toJson } from './json';
import { limitOf, pageOf, positionOf, type Page, type PageRequest } from './paging';
import { decodePolicy, type PolicyColumns } from './policy-codec';
import { isUuid } from './uuid';

export type RevisionSummary = {
  version: number;
  at: string;
  actor: { type: string; id: string | null; name: string };
  ip: string | null;
  userAgent: string | null;
  comment: string;
  /** The version this one restored. */
  restoredFrom: number | null;
  diff: PolicyChange[];
};
export type RevisionView = RevisionSummary & { policy: RolePolicy };

/** Revisions of a role, newest first. */
export async function listRevisions(
  tx: Tx,
  tenantId: string,
  roleId: string,
  page: PageRequest = {},
): Promise<Page<RevisionSummary>> {
  const limit = limitOf(page);
  const before = Number(positionOf(page)?.key ?? Number.NaN);
  const rows = await tx.rolePolicyRevision.findMany({
    where: {
      tenantId,
      roleId,
      ...(Number.isSafeInteger(before) ? { version: { lt: before } } : {}),
    },
    orderBy: { version: 'desc' },
    take: limit + 1,
  });
  return pageOf(rows, limit, summaryOf, (row) => ({ key: String(row.version), id: row.id }));
}

/** A revision without its document. */
export async function findRevisionSummary(
  tx: Tx,
  tenantId: string,
  roleId: string,
  version: number,
): Promise<RevisionSummary | null> {
  const row = await findRow(tx, tenantId, roleId, version);
  return row && summaryOf(row);
}

/** One revision with its whole document. @throws PolicyUnreadableError */
export async function findRevision(
  tx: Tx,
  tenantId: string,
  roleId: string,
  version: number,
): Promise<RevisionView | null> {
  const row = await findRow(tx, tenantId, roleId, version);
  return (
    row && { ...summaryOf(row), policy: decodePolicy(tenantId, row.document as PolicyColumns) }
  );
}

/** Version 1 of a role that was just created; for `createRole`. */
export async function insertFirstRevision(
  tx: Tx,
  role: Role,
  policy: RolePolicy,
  by: { actor: AuditActor; comment: string },
): Promise<void> {
  const document = Object.fromEntries(POLICY_KINDS.map((kind) => [kind, role[kind]]));
  await insertRevision(tx, {
    tenantId: role.tenantId,
    roleId: role.id,
    version: role.policyVersion,
    document,
    diff: diffPolicies(emptyPolicy, policy),
    ...by,
  });
}

/** The revision that a save makes, in its transaction. */
export async function insertRevision(
  tx: Tx,
  revision: {
    tenantId: string;
    roleId: string;
    version: number;
    document: unknown;
    diff: PolicyChange[];
    comment?: string;
    restoredFrom?: number;
    actor: AuditActor;
  },
): Promise<void> {
  const { actor } = revision;
  await tx.rolePolicyRevision.create({
    data: {
      tenantId: revision.tenantId,
      roleId: revision.roleId,
      version: revision.version,
      document: toJson(revision.document),
      diff: toJson(revision.diff),
      comment: cleanText(revision.comment ?? ''),
      restoredFrom: revision.restoredFrom ?? null,
      actorType: actor.type,
      actorId: actor.id,
      actorName: cleanText(actor.name),
      ip: actor.ip,
      userAgent: actor.userAgent === null ? null : cleanText(actor.userAgent).slice(0, 500),
    },
  });
}

async function findRow(
  tx: Tx,
  tenantId: string,
  roleId: string,
  version: number,
): Promise<RolePolicyRevision | null> {
  if (!isUuid(roleId) || !Number.isInteger(version) || version < 1 || version > 2 ** 31 - 1)
    return null;
  return tx.rolePolicyRevision.findFirst({ where: { tenantId, roleId, version } });
}

function summaryOf(row: RolePolicyRevision): RevisionSummary {
  return {
    version: row.version,
    at: row.createdAt.toISOString(),
    actor: { type: row.actorType, id: row.actorId, name: row.actorName },
    ip: row.ip,
    userAgent: row.userAgent,
    comment: row.comment,
    restoredFrom: row.restoredFrom,
    diff: row.diff as PolicyChange[],
  };
}
