import 'server-only';
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { withSystem } from '@/lib/db/client';
import { revokeSessionsOfUser } from '@/lib/db/sessions-repository';
import { findUserById, setUserPassword, type UserRecord } from '@/lib/db/users-repository';
import { env, requireEnv } from '@/lib/env';
import { AppError } from '@/lib/errors/app-error';
import type { ClientOrigin } from '@/lib/http/client-origin';
import { hashPassword } from '@/lib/secrets/password';
import { secretsEqual } from '@/lib/secrets/token';
import { auditPerson } from './audit';
import { MAX_PASSWORD } from './sign-in';

/**
 * Links by which an invited person sets a first password. A link is not stored: it is signed over the
 * account's state, so that it works once (setting a password changes what was signed), for an account
 * without a password only, and until it expires.
 */

const LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;
const TOKEN = /^([0-9a-f]{32})\.([0-9a-z]{1,12})\.([A-Za-z0-9_-]{43})$/;

export const passwordSchema = z
  .string()
  .min(12, 'Choose at least 12 characters.')
  .max(MAX_PASSWORD, `Choose at most ${MAX_PASSWORD} characters.`);

export type Invite = { url: string; expiresAt: string };

/** A link for an account, or null when the person can sign in already. */
export function inviteFor(user: UserRecord, now: number = Date.now()): Invite | null {
  if (user.passwordHash !== null || user.oidc !== null) return null;
  const expires = now + LIFETIME_MS;
  const token = `${user.id.replaceAll('-', '')}.${expires.toString(36)}.${signature(user, expires)}`;
  return {
    url: `${env().NEXTAUTH_URL.replace(/\/$/, '')}/invite/${token}`,
    expiresAt: new Date(expires).toISOString(),
  };
}

/** Whom a link is for. @throws AppError not_found for one that is wrong, used or expired: one answer for all */
export async function readInvite(token: string): Promise<{ email: string; expiresAt: string }> {
  const { user, expires } = await holderOf(token);
  return { email: user.email, expiresAt: new Date(expires).toISOString() };
}

/** Sets the password of the link's account. @throws AppError not_found as `readInvite` */
export async function acceptInvite(
  token: string,
  password: string,
  origin: ClientOrigin,
): Promise<{ email: string }> {
  await holderOf(token);
  const hash = await hashPassword(password);
  // Once more, now that hashing has taken its time: of two who use a link at once, one wins.
  return withSystem(async (tx) => {
    const id = parsed(token)?.id ?? '';
    await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${id}::uuid FOR UPDATE`;
    const holder = matching(token, await findUserById(tx, id));
    if (!holder) throw invalidLink();
    await setUserPassword(tx, holder.user.id, hash);
    await revokeSessionsOfUser(tx, holder.user.id);
    await auditPerson(tx, holder.user, 'user.set_password', origin, { by: 'invitation' });
    return { email: holder.user.email };
  });
}

async function holderOf(token: string): Promise<{ user: UserRecord; expires: number }> {
  const id = parsed(token)?.id;
  const user = id === undefined ? null : await withSystem((tx) => findUserById(tx, id));
  const holder = matching(token, user);
  if (!holder) throw invalidLink();
  return holder;
}

function matching(token: string, user: UserRecord | null) {
  const parts = parsed(token);
  if (!parts || !user || user.passwordHash !== null || user.oidc !== null) return null;
  if (parts.expires < Date.now()) return null;
  return secretsEqual(parts.signature, signature(user, parts.expires))
    ? { user, expires: parts.expires }
    : null;
}

function parsed(token: string): { id: string; expires: number; signature: string } | null {
  const [, hex, expires, mac] = TOKEN.exec(token) ?? [];
  if (!hex || !expires || !mac) return null;
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { id, expires: Number.parseInt(expires, 36), signature: mac };
}

function signature(user: UserRecord, expires: number): string {
  return createHmac('sha256', requireEnv('NEXTAUTH_SECRET'))
    .update(JSON.stringify(['rolegate invite', user.id, user.email, expires, user.createdAt]))
    .digest('base64url');
}

function invalidLink(): AppError {
  return new AppError(
    'not_found',
    'This link is wrong, used or expired. Ask an owner of the tenant for a new one.',
  );
}
