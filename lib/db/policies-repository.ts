import 'server-only';
import { diffPolicies, type PolicyChange } from '@/lib/policy/diff';
import { emptyPolicy, type RolePolicy } from '@/lib/policy/role-policy';
import { appendAudit, type AuditActor } from './audit-repository';
import type { Tx } from './client';
import type { Role } from './generated/client';
import { decodePolicy, encodePolicy, PolicyUnreadableError } from './policy-codec';
import {
  findRevisionSummary,
  insertRevision,
  type RevisionSummary,
} from './policy-revisions-repository';
import { isUuid } from './uuid';

export type PolicyView = { version: number; policy: RolePolicy };

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
  const policy = policyOrError(tenantId, row);
  return policy instanceof PolicyUnreadableError ? policy : { version: row.policyVersion, policy };
}

function policyOrError(tenantId: string, row: Role): RolePolicy | PolicyUnreadableError {
  try {
    return decodePolicy(tenantId, row);
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
    const current = await findRevisionSummary(tx, tenantId, row.id, row.policyVersion);
    return { kind: 'conflict', currentVersion: row.policyVersion, current };
  }
  const stored = policyOrError(tenantId, row);
  // A stored policy that no longer parses can be replaced: that is how it is repaired.
  const isReadable = !(stored instanceof PolicyUnreadableError);
  const columns = encodePolicy(tenantId, input.policy);
  const policy = decodePolicy(tenantId, columns);
  const diff = diffPolicies(isReadable ? stored : emptyPolicy, policy);
  if (isReadable && diff.length === 0) {
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

async function lockRole(tx: Tx, tenantId: string, id: string): Promise<Role | null> {
  const locked = await tx.$queryRaw<
    unknown[]
  >`SELECT 1 FROM roles WHERE id = ${id}::uuid AND tenant_id = ${tenantId}::uuid FOR UPDATE`;
  return locked.length === 0 ? null : tx.role.findFirst({ where: { id, tenantId } });
}
