import 'server-only';
import { POLICY_KINDS, type PolicyKind, type RolePolicy } from '@/lib/policy/role-policy';
import type { Tier } from '@/lib/policy/tiers';
import type { AuditActor } from './audit-repository';
import type { Tx } from './client';
import { refuseTaken } from './conflicts';
import type { Role } from './generated/client';
import { isStorable } from './json';
import { limitOf, pageOf, positionOf, type Page, type PageRequest } from './paging';
import { encodePolicy } from './policy-codec';
import { insertFirstRevision } from './policy-revisions-repository';
import { isUuid } from './uuid';

export type RoleView = {
  id: string;
  name: string;
  description: string;
  isDefault: boolean;
  /** The tier whose defaults the policy was made from. */
  tier: Tier | null;
  policyVersion: number;
  /** Which of the eight sections are on. */
  sections: Record<PolicyKind, boolean>;
  /** Keys that are neither revoked nor expired. */
  keyCount: number;
  /** The latest change of the policy. */
  lastChange: { at: string; by: string } | null;
  createdAt: string;
  updatedAt: string;
};

export type NewRole = {
  name: string;
  description?: string;
  isDefault?: boolean;
  tier?: Tier | null;
  policy: RolePolicy;
  /** Of the first revision. */
  comment?: string;
};

/** Creates a role with version 1 of its policy. @throws AppError conflict when the name is taken */
export async function createRole(
  tx: Tx,
  tenantId: string,
  role: NewRole,
  actor: AuditActor,
): Promise<RoleView> {
  if (role.isDefault) await clearDefault(tx, tenantId);
  const write = tx.role.create({
    data: {
      tenantId,
      name: role.name,
      description: role.description ?? '',
      isDefault: role.isDefault ?? false,
      tier: role.tier ?? null,
      ...encodePolicy(tenantId, role.policy),
    },
  });
  const row = await refuseTaken('name', taken(role.name), write);
  await insertFirstRevision(tx, row, role.policy, { actor, comment: role.comment ?? '' });
  return viewOf(tx, row);
}

/** By name. */
export async function listRoles(
  tx: Tx,
  tenantId: string,
  page: PageRequest = {},
): Promise<Page<RoleView>> {
  const limit = limitOf(page);
  const after = positionOf(page);
  const rows = await tx.role.findMany({
    where: { tenantId, ...(after ? { name: { gt: after.key } } : {}) },
    orderBy: { name: 'asc' },
    take: limit + 1,
  });
  const extras = await extrasOf(tx, rows);
  return pageOf(
    rows,
    limit,
    (row) => assemble(row, extras.get(row.id)),
    (row) => ({ key: row.name, id: row.id }),
  );
}

/** By id or name; null when the tenant has no such role. */
export async function findRole(
  tx: Tx,
  tenantId: string,
  idOrName: string,
): Promise<RoleView | null> {
  const row = await findRow(tx, tenantId, idOrName);
  return row && viewOf(tx, row);
}

/** By id, in two queries however many there are; those that are gone are missing. */
export async function findRoles(
  tx: Tx,
  tenantId: string,
  ids: readonly string[],
): Promise<Map<string, RoleView>> {
  const rows = await tx.role.findMany({ where: { tenantId, id: { in: ids.filter(isUuid) } } });
  const extras = await extrasOf(tx, rows);
  return new Map(rows.map((row) => [row.id, assemble(row, extras.get(row.id))]));
}

/** Changes all but the policy. Marking it as default unmarks the former one. Null when there is no such role. @throws AppError conflict */
export async function updateRole(
  tx: Tx,
  tenantId: string,
  id: string,
  changes: { name?: string; description?: string; isDefault?: boolean },
): Promise<RoleView | null> {
  if (changes.isDefault) await clearDefault(tx, tenantId);
  const write = tx.role.updateMany({ where: { id, tenantId }, data: changes });
  const { count } = await refuseTaken('name', taken(changes.name ?? ''), write);
  return count === 0 ? null : findRole(tx, tenantId, id);
}

/** Deletes a role with its keys, revisions and statistics. False when there was none. */
export async function deleteRole(tx: Tx, tenantId: string, id: string): Promise<boolean> {
  return (await tx.role.deleteMany({ where: { id, tenantId } })).count > 0;
}

async function findRow(tx: Tx, tenantId: string, idOrName: string): Promise<Role | null> {
  if (!isStorable(idOrName)) return null;
  const byId = isUuid(idOrName)
    ? await tx.role.findFirst({ where: { tenantId, id: idOrName } })
    : null;
  // A role may be named like a UUID.
  return byId ?? tx.role.findFirst({ where: { tenantId, name: idOrName } });
}

/** Under a lock: of two roles that are marked at the same moment one waits and wins, rather than fails. */
async function clearDefault(tx: Tx, tenantId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`default role ${tenantId}`}))`;
  await tx.role.updateMany({ where: { tenantId, isDefault: true }, data: { isDefault: false } });
}

type Extras = { keyCount: number; changedBy: string | null; changedAt: Date | null };

/** Key counts and latest changes of a page of roles, in one query. */
async function extrasOf(tx: Tx, roles: Role[]): Promise<Map<string, Extras>> {
  const ids = roles.map((role) => role.id);
  const rows = await tx.$queryRaw<(Extras & { id: string })[]>`
    SELECT r.id, r."changedAt", r."changedBy",
      (SELECT count(*)::int FROM api_keys k
       WHERE k.role_id = r.id AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())) AS "keyCount"
    FROM (
      SELECT roles.id, v.created_at AS "changedAt", v.actor_name AS "changedBy"
      FROM roles LEFT JOIN role_policy_revisions v ON v.role_id = roles.id AND v.version = roles.policy_version
      WHERE roles.id = ANY(${ids}::uuid[])
    ) r`;
  return new Map(rows.map((row) => [row.id, row]));
}

async function viewOf(tx: Tx, row: Role): Promise<RoleView> {
  return assemble(row, (await extrasOf(tx, [row])).get(row.id));
}

function assemble(row: Role, extras: Extras | undefined): RoleView {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    isDefault: row.isDefault,
    tier: row.tier as Tier | null,
    policyVersion: row.policyVersion,
    sections: Object.fromEntries(POLICY_KINDS.map((kind) => [kind, isOn(row[kind])])) as Record<
      PolicyKind,
      boolean
    >,
    keyCount: extras?.keyCount ?? 0,
    lastChange: extras?.changedAt
      ? { at: extras.changedAt.toISOString(), by: extras.changedBy ?? '' }
      : null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** A list shows this even of a section that would not parse. */
function isOn(section: unknown): boolean {
  return (
    typeof section === 'object' &&
    section !== null &&
    'enabled' in section &&
    section.enabled === true
  );
}

const taken = (name: string) => `The role name "${name}" is taken: choose another.`;
