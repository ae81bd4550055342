import 'server-only';
import { diffPolicies, type PolicyChange } from '@/lib/policy/diff';
import { emptyPolicy, POLICY_KINDS, type RolePolicy } from '@/lib/policy/role-policy';
import { appendAudit, type AuditActor } from './audit-repository';
import type { Tx } from './client';
import type { Role, RolePolicyRevision } from './generated/client';
import { cleanText, toJson } from './json';
import { limitOf, pageOf, positionOf, type Page, type PageRequest } from './paging';
import {
  decodePolicy,
  encodePolicy,
  PolicyUnreadableError,
  type PolicyColumns,
} from './policy-codec';
import { isUuid } from './uuid';

export type PolicyView = { version: number; policy: RolePolicy };

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

export type SaveResult =
  | { kind: 'saved'; version: number; policy: RolePolicy; diff: PolicyChange[] }
  /** The document equals the stored one: nothing was written, the version stays. */
  | { kind: 'unchanged'; version: number; policy: RolePolicy }
  /** Somebody saved in between. */
  | { kind: 'conflict'; currentVersion: number; current: RevisionSummary | null }
  | { kind: 'not_found' };

export type SaveInput = {
  roleId: string;
  /** Already validated, cross-field rules included; parsed once more before it is written. */
  policy: RolePolicy;
  /** The version the change was made on. Null: whatever is current. */
  expectedVersion: number | null;
  comment?: string;
  restoredFrom?: number;
  actor: AuditActor;
};

/** The policy in force. Null when there is no such role. @throws PolicyUnreadableError when the stored one does not parse */
export async function readPolicy(
  tx: Tx,
  tenantId: string,
  roleId: string,
): Promise<PolicyView | null> {
  if (!isUuid(roleId)) return null;
  const row = await tx.role.findFirst({ where: { id: roleId, tenantId } });
  return row && { version: row.policyVersion, policy: decodePolicy(tenantId, row) };
}

/** As `readPolicy` for many roles in one query; one whose stored policy does not parse has the error instead. */
export async function readPolicies(
  tx: Tx,
  tenantId: string,
  roleIds: readonly string[],
): Promise<Map<string, PolicyView | PolicyUnreadableError>> {
  const ids = roleIds.filter(isUuid);
  const rows = await tx.role.findMany({ where: { tenantId, id: { in: ids } } });
  return new Map(rows.map((row) => [row.id, viewOrError(tenantId, row)]));
}

function viewOrError(tenantId: string, row: Role): PolicyView | PolicyUnreadableError {
  try {
    return { version: row.policyVersion, policy: decodePolicy(tenantId, row) };
  } catch (error) {
    if (error instanceof PolicyUnreadableError) return error;
    throw error;
  }
}

/**
 * Writes a policy, its revision and its audit entry in the caller's transaction: all stand or none does.
 * The role's row is locked, so of two saves made on one version the second finds a conflict.
 */
export async function savePolicy(tx: Tx, tenantId: string, input: SaveInput): Promise<SaveResult> {
  const row = isUuid(input.roleId) ? await lockRole(tx, tenantId, input.roleId) : null;
  if (!row) return { kind: 'not_found' };
  if (input.expectedVersion !== null && input.expectedVersion !== row.policyVersion) {
    const current = await findRevisionRow(tx, tenantId, row.id, row.policyVersion);
    return {
      kind: 'conflict',
      currentVersion: row.policyVersion,
      current: current && summaryOf(current),
    };
  }
  const former = readableOrEmpty(tenantId, row);
  const columns = encodePolicy(tenantId, input.policy);
  const policy = decodePolicy(tenantId, columns);
  const diff = diffPolicies(former.policy, policy);
  if (former.readable && diff.length === 0) {
    return { kind: 'unchanged', version: row.policyVersion, policy };
  }
  const version = row.policyVersion + 1;
  await tx.role.update({
    where: { id: row.id },
    data: { ...columns, policyVersion: version, policyUpdatedAt: new Date() },
  });
  await insertRevision(tx, {
    tenantId,
    roleId: row.id,
    version,
    document: columns,
    diff,
    comment: input.comment,
    restoredFrom: input.restoredFrom,
    actor: input.actor,
  });
  await appendAudit(tx, {
    tenantId,
    actor: input.actor,
    action: input.restoredFrom === undefined ? 'policy.update' : 'policy.restore',
    target: { type: 'role', id: row.id, name: row.name },
    detail: {
      version,
      comment: input.comment ?? '',
      restoredFrom: input.restoredFrom ?? null,
      changes: diff,
    },
  });
  return { kind: 'saved', version, policy, diff };
}

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

/** One revision with its whole document. @throws PolicyUnreadableError */
export async function findRevision(
  tx: Tx,
  tenantId: string,
  roleId: string,
  version: number,
): Promise<RevisionView | null> {
  const row = await findRevisionRow(tx, tenantId, roleId, version);
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

async function insertRevision(
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

async function lockRole(tx: Tx, tenantId: string, id: string): Promise<Role | null> {
  const locked = await tx.$queryRaw<
    unknown[]
  >`SELECT 1 FROM roles WHERE id = ${id}::uuid AND tenant_id = ${tenantId}::uuid FOR UPDATE`;
  return locked.length === 0 ? null : tx.role.findFirst({ where: { id, tenantId } });
}

async function findRevisionRow(
  tx: Tx,
  tenantId: string,
  roleId: string,
  version: number,
): Promise<RolePolicyRevision | null> {
  if (!isUuid(roleId) || !Number.isInteger(version) || version < 1 || version > 2 ** 31 - 1)
    return null;
  return tx.rolePolicyRevision.findFirst({ where: { tenantId, roleId, version } });
}

/** A stored policy that no longer parses can be replaced: that is how it is repaired. */
function readableOrEmpty(tenantId: string, row: Role): { readable: boolean; policy: RolePolicy } {
  try {
    return { readable: true, policy: decodePolicy(tenantId, row) };
  } catch (error) {
    if (error instanceof PolicyUnreadableError) return { readable: false, policy: emptyPolicy };
    throw error;
  }
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
