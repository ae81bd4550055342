import 'server-only';
import { AppError } from '@/lib/errors/app-error';
import type { Tx } from './client';
import { refuseTaken } from './conflicts';
import type { Membership, User } from './generated/client';
import { limitOf, newerThan, oldestFirst, pageOf, type Page, type PageRequest } from './paging';
import { isUuid } from './uuid';

export const MEMBERSHIP_ROLES = ['owner', 'editor', 'viewer'] as const;
export type MembershipRole = (typeof MEMBERSHIP_ROLES)[number];

/** `id` is the membership's. */
export type MemberView = {
  id: string;
  userId: string;
  email: string;
  name: string;
  role: MembershipRole;
  createdAt: string;
};

/** What a person may do in a tenant; null: nothing, not even know of it. */
export async function findMembershipRole(
  tx: Tx,
  tenantId: string,
  userId: string,
): Promise<MembershipRole | null> {
  if (!isUuid(tenantId) || !isUuid(userId)) return null;
  const row = await tx.membership.findUnique({ where: { tenantId_userId: { tenantId, userId } } });
  return row && (row.role as MembershipRole);
}

/** Members in the order they joined. */
export async function listMembers(
  tx: Tx,
  tenantId: string,
  page: PageRequest = {},
): Promise<Page<MemberView>> {
  const limit = limitOf(page);
  const rows = await tx.membership.findMany({
    where: { tenantId, ...newerThan(page) },
    include: { user: true },
    orderBy: oldestFirst,
    take: limit + 1,
  });
  return pageOf(rows, limit, viewOf, (row) => ({ key: row.createdAt, id: row.id }));
}

/** One membership by its id. Null when there is none. */
export async function findMember(tx: Tx, tenantId: string, id: string): Promise<MemberView | null> {
  if (!isUuid(id)) return null;
  const row = await tx.membership.findFirst({ where: { id, tenantId }, include: { user: true } });
  return row && viewOf(row);
}

/** @throws AppError conflict when the person is a member already */
export async function addMember(
  tx: Tx,
  tenantId: string,
  userId: string,
  role: MembershipRole,
): Promise<MemberView> {
  const write = tx.membership.create({ data: { tenantId, userId, role }, include: { user: true } });
  return viewOf(await refuseTaken('email', 'This person is a member already.', write));
}

/** Null when there is no such member. @throws AppError conflict when the tenant would be left without an owner */
export async function changeMemberRole(
  tx: Tx,
  tenantId: string,
  id: string,
  role: MembershipRole,
): Promise<MemberView | null> {
  if (!(await findMember(tx, tenantId, id))) return null;
  if (role !== 'owner') await keepAnOwner(tx, tenantId, id);
  return viewOf(
    await tx.membership.update({ where: { id }, data: { role }, include: { user: true } }),
  );
}

/** False when there is no such member. @throws AppError conflict when the tenant would be left without an owner */
export async function removeMember(tx: Tx, tenantId: string, id: string): Promise<boolean> {
  if (!(await findMember(tx, tenantId, id))) return false;
  await keepAnOwner(tx, tenantId, id);
  return (await tx.membership.deleteMany({ where: { id, tenantId } })).count > 0;
}

/** Locks the tenant's owners, so that two who leave at the same moment do not both believe the other stays. */
async function keepAnOwner(tx: Tx, tenantId: string, leaving: string): Promise<void> {
  const owners = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM memberships WHERE tenant_id = ${tenantId}::uuid AND role = 'owner' ORDER BY id FOR UPDATE`;
  if (owners.length > 0 && owners.every((owner) => owner.id === leaving)) {
    const message = 'A tenant keeps at least one owner: make someone else an owner first.';
    throw new AppError('conflict', message, { issues: [{ path: 'role', message }] });
  }
}

function viewOf(row: Membership & { user: User }): MemberView {
  return {
    id: row.id,
    userId: row.userId,
    email: row.user.email,
    name: row.user.name,
    role: row.role as MembershipRole,
    createdAt: row.createdAt.toISOString(),
  };
}
