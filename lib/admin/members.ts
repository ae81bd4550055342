import 'server-only';
import { z } from 'zod';
import { inviteFor, type Invite } from '@/lib/auth/invite';
import { withSystem, withTenant } from '@/lib/db/client';
import {
  addMember as insertMember,
  changeMemberRole,
  findMember,
  listMembers as readMembers,
  removeMember as deleteMember,
} from '@/lib/db/memberships-repository';
import type { Page, PageRequest } from '@/lib/db/paging';
import { revokeSessionsOfUser } from '@/lib/db/sessions-repository';
import {
  createUser,
  findUserByEmail,
  findUserById,
  listTenantsOfUser,
} from '@/lib/db/users-repository';
import { AppError } from '@/lib/errors/app-error';
import { audit, type Access } from './access';
import { emailSchema } from './inputs';
import { membershipRoleSchema } from './tokens';
import type { MemberView, NewMemberView } from './views';

export const memberInput = z.strictObject({ email: emailSchema, role: membershipRoleSchema });
export const memberPatch = z.strictObject({ role: membershipRoleSchema });

/** Members, in the order they joined. */
export async function listMembers(
  { tenant }: Access,
  page: PageRequest,
): Promise<Page<MemberView>> {
  return withTenant(tenant.id, (tx) => readMembers(tx, tenant.id, page));
}

/**
 * Adds a person by e-mail address. Who has no account yet gets one, and who cannot sign in yet a link
 * to set a password, shown in this answer only. @throws AppError conflict for a member
 */
export async function addMember(
  access: Access<'owner'>,
  input: z.output<typeof memberInput>,
): Promise<NewMemberView> {
  const { tenant } = access;
  // People are made in the system scope; the membership is of the tenant the caller owns.
  return withSystem(async (tx) => {
    const user =
      (await findUserByEmail(tx, input.email)) ?? (await createUser(tx, { email: input.email }));
    const member = await insertMember(tx, tenant.id, user.id, input.role);
    const invite = inviteFor(user);
    await audit(tx, access, {
      action: 'member.add',
      target: targetOf(member),
      detail: { role: member.role, invited: invite !== null },
    });
    return { ...member, invite };
  });
}

/** @throws AppError conflict when the tenant would be left without an owner */
export async function changeMember(
  access: Access<'owner'>,
  id: string,
  { role }: z.output<typeof memberPatch>,
): Promise<MemberView> {
  const { tenant } = access;
  return withTenant(tenant.id, async (tx) => {
    const before = await findMember(tx, tenant.id, id);
    const member = before && (await changeMemberRole(tx, tenant.id, id, role));
    if (!member) throw noSuchMember();
    await audit(tx, access, {
      action: 'member.update',
      target: targetOf(member),
      detail: { changes: [{ path: 'role', from: before.role, to: role }] },
    });
    return member;
  });
}

/**
 * Removes a member; who belongs to no tenant any more is signed out everywhere.
 * @throws AppError conflict when the tenant would be left without an owner
 */
export async function removeMember(access: Access<'owner'>, id: string): Promise<void> {
  const { tenant } = access;
  await withSystem(async (tx) => {
    const member = await findMember(tx, tenant.id, id);
    if (!member) throw noSuchMember();
    await deleteMember(tx, tenant.id, id);
    if ((await listTenantsOfUser(tx, member.userId)).length === 0) {
      await revokeSessionsOfUser(tx, member.userId);
    }
    await audit(tx, access, {
      action: 'member.remove',
      target: targetOf(member),
      detail: { role: member.role },
    });
  });
}

/** A fresh link for a member who cannot sign in yet. @throws AppError conflict for one who can */
export async function inviteAgain(access: Access<'owner'>, id: string): Promise<Invite> {
  const { tenant } = access;
  return withSystem(async (tx) => {
    const member = await findMember(tx, tenant.id, id);
    const user = member && (await findUserById(tx, member.userId));
    if (!user) throw noSuchMember();
    const invite = inviteFor(user);
    if (!invite) throw new AppError('conflict', 'This person can sign in already.');
    await audit(tx, access, { action: 'member.invite', target: targetOf(member) });
    return invite;
  });
}

function targetOf({ userId, email }: MemberView) {
  return { type: 'user', id: userId, name: email };
}

function noSuchMember(): AppError {
  return new AppError('not_found', 'There is no such member.');
}
