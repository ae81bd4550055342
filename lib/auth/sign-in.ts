import 'server-only';
import { withSystem } from '@/lib/db/client';
import {
  admitLogin,
  pruneLoginAttempts,
  recordLoginSuccess,
} from '@/lib/db/login-attempts-repository';
import {
  findUserByEmail,
  findUserByOidc,
  linkUserToOidc,
  normalizeEmail,
  setUserPassword,
  type UserRecord,
} from '@/lib/db/users-repository';
import type { ClientOrigin } from '@/lib/http/client-origin';
import { hashPassword, needsRehash, verifyPassword } from '@/lib/secrets/password';
import { auditPerson } from './audit';

export type PasswordVerdict =
  | { kind: 'accepted'; user: UserRecord }
  | { kind: 'refused' }
  | { kind: 'throttled'; retryAfterSeconds: number };

/** Longer than any password manager makes; a bound on what is hashed. */
export const MAX_PASSWORD = 1024;

/**
 * Checks an e-mail address and password. Attempts are counted before the password is looked at, by
 * address and by client. An unknown e-mail costs the same as a wrong password.
 */
export async function signInWithPassword(
  given: { email: string; password: string },
  origin: ClientOrigin,
): Promise<PasswordVerdict> {
  const email = normalizeEmail(given.email).slice(0, 320);
  const admission = await withSystem(async (tx) => {
    await pruneLoginAttempts(tx);
    return admitLogin(tx, { email, ip: origin.ip ?? 'unknown' });
  });
  if (!admission.allowed) {
    return { kind: 'throttled', retryAfterSeconds: admission.retryAfterSeconds };
  }
  const user = await withSystem((tx) => findUserByEmail(tx, email));
  const password = given.password.slice(0, MAX_PASSWORD + 1);
  const right = await verifyPassword(password, user?.passwordHash ?? null);
  if (!user || !right || password.length > MAX_PASSWORD) {
    await withSystem((tx) =>
      auditPerson(tx, { id: user?.id ?? null, email }, 'session.refuse', origin, {
        method: 'password',
      }),
    );
    return { kind: 'refused' };
  }
  await withSystem((tx) => recordLoginSuccess(tx, admission.attemptId));
  await upgradeHash(user, password);
  return { kind: 'accepted', user };
}

async function upgradeHash(user: UserRecord, password: string): Promise<void> {
  if (user.passwordHash === null || !needsRehash(user.passwordHash)) return;
  const hash = await hashPassword(password);
  await withSystem((tx) => setUserPassword(tx, user.id, hash));
}

/** What a single sign-on provider says of a person, from claims it signed. */
export type OidcIdentity = {
  issuer: string;
  subject: string;
  email: string | null;
  emailVerified: boolean;
};

/**
 * The account of a person whom the identity provider signed in, or null: refused. An identity is tied
 * to an account at its first sign-in, by an e-mail address that the provider verified; the account
 * must exist, since people come in by invitation only. One account, one identity.
 */
export async function signInWithOidc(
  identity: OidcIdentity,
  origin: ClientOrigin,
): Promise<UserRecord | null> {
  const { issuer, subject, email } = identity;
  return withSystem(async (tx) => {
    const known = await findUserByOidc(tx, issuer, subject);
    if (known) return known;
    const user = email && identity.emailVerified ? await findUserByEmail(tx, email) : null;
    if (user && user.oidc === null) {
      await linkUserToOidc(tx, user.id, { issuer, subject });
      return { ...user, oidc: { issuer, subject } };
    }
    await auditPerson(
      tx,
      { id: user?.id ?? null, email: email ?? subject },
      'session.refuse',
      origin,
      {
        method: 'oidc',
        reason: refusal(identity, user),
      },
    );
    return null;
  });
}

function refusal(identity: OidcIdentity, user: UserRecord | null): string {
  if (!identity.email) return 'the provider gave no e-mail address';
  if (!identity.emailVerified) return 'the provider has not verified the e-mail address';
  return user ? 'the account is tied to another identity' : 'no account has this e-mail address';
}
