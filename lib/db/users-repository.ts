import 'server-only';
import type { Tx } from './client';
import { refuseTaken } from './conflicts';
import type { User } from './generated/client';
import { isStorable } from './json';
import type { MembershipRole } from './memberships-repository';
import { tenantRecordOf, type TenantRecord } from './tenants-repository';
import { isUuid } from './uuid';

/** People sign in before any tenant is known: all of this runs in the system scope. */
export type UserRecord = {
  id: string;
  email: string;
  name: string;
  /** Null: signs in through OIDC only. */
  passwordHash: string | null;
  oidc: { issuer: string; subject: string } | null;
  createdAt: string;
  lastLoginAt: string | null;
};

export type NewUser = {
  email: string;
  name?: string;
  passwordHash?: string | null;
  oidc?: { issuer: string; subject: string };
};

/** E-mail addresses are compared without regard to case. */
export const normalizeEmail = (email: string): string => email.trim().toLowerCase();

export async function findUserByEmail(tx: Tx, email: string): Promise<UserRecord | null> {
  if (!isStorable(email)) return null;
  return recordOrNull(await tx.user.findUnique({ where: { email: normalizeEmail(email) } }));
}

export async function findUserById(tx: Tx, id: string): Promise<UserRecord | null> {
  return isUuid(id) ? recordOrNull(await tx.user.findUnique({ where: { id } })) : null;
}

export async function findUserByOidc(
  tx: Tx,
  issuer: string,
  subject: string,
): Promise<UserRecord | null> {
  if (!isStorable(issuer + subject)) return null;
  return recordOrNull(
    await tx.user.findFirst({ where: { oidcIssuer: issuer, oidcSubject: subject } }),
  );
}

/** @throws AppError conflict when the e-mail address has an account */
export async function createUser(tx: Tx, user: NewUser): Promise<UserRecord> {
  const email = normalizeEmail(user.email);
  const write = tx.user.create({
    data: {
      email,
      name: user.name ?? '',
      passwordHash: user.passwordHash ?? null,
      oidcIssuer: user.oidc?.issuer,
      oidcSubject: user.oidc?.subject,
    },
  });
  return recordOf(await refuseTaken('email', `${email} already has an account.`, write));
}

export async function setUserPassword(tx: Tx, id: string, passwordHash: string): Promise<void> {
  await tx.user.update({ where: { id }, data: { passwordHash } });
}

/** Ties an account to the identity under which a provider knows the person. */
export async function linkUserToOidc(
  tx: Tx,
  id: string,
  oidc: { issuer: string; subject: string },
): Promise<void> {
  await tx.user.update({
    where: { id },
    data: { oidcIssuer: oidc.issuer, oidcSubject: oidc.subject },
  });
}

export async function recordSignIn(tx: Tx, id: string): Promise<void> {
  await tx.user.update({ where: { id }, data: { lastLoginAt: new Date() } });
}

/** The tenants a person belongs to, by name. */
export async function listTenantsOfUser(
  tx: Tx,
  userId: string,
): Promise<(TenantRecord & { membership: MembershipRole })[]> {
  if (!isUuid(userId)) return [];
  const rows = await tx.membership.findMany({
    where: { userId },
    include: { tenant: true },
    orderBy: { tenant: { name: 'asc' } },
  });
  return rows.map((row) => ({
    ...tenantRecordOf(row.tenant),
    membership: row.role as MembershipRole,
  }));
}

const recordOrNull = (row: User | null): UserRecord | null => row && recordOf(row);

function recordOf(row: User): UserRecord {
  const { oidcIssuer: issuer, oidcSubject: subject } = row;
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    passwordHash: row.passwordHash,
    oidc: issuer !== null && subject !== null ? { issuer, subject } : null,
    createdAt: row.createdAt.toISOString(),
    lastLoginAt: row.lastLoginAt?.toISOString() ?? null,
  };
}
