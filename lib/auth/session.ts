import 'server-only';
import { getToken } from 'next-auth/jwt';
import { withSystem } from '@/lib/db/client';
import { createSession, findActiveSession, revokeSession } from '@/lib/db/sessions-repository';
import { findUserById, recordSignIn, type UserRecord } from '@/lib/db/users-repository';
import { env, requireEnv } from '@/lib/env';
import type { ClientOrigin } from '@/lib/http/client-origin';
import { requestCookies } from '@/lib/http/cookies';
import { auditPerson } from './audit';

/** A session ends this long after it was last used … */
export const SESSION_IDLE_SECONDS = 12 * 60 * 60;
/** … and this long after sign-in whatever happens. */
const SESSION_LIFETIME_SECONDS = 7 * 24 * 60 * 60;

export type SessionUser = { id: string; email: string; name: string; sessionId: string };

/** True when cookies carry `Secure`: the console is reached over https. */
export function secureCookies(): boolean {
  return new URL(env().NEXTAUTH_URL).protocol === 'https:';
}

/** Begins a session: its row is what makes the cookie good for anything. */
export async function beginSession(
  user: UserRecord,
  method: 'password' | 'oidc',
  origin: ClientOrigin,
): Promise<SessionUser> {
  return withSystem(async (tx) => {
    const expiresAt = new Date(Date.now() + SESSION_LIFETIME_SECONDS * 1000);
    const session = await createSession(tx, { userId: user.id, expiresAt, ...origin });
    await recordSignIn(tx, user.id);
    await auditPerson(tx, user, 'session.create', origin, { method });
    return { id: user.id, email: user.email, name: user.name, sessionId: session.id };
  });
}

/** Ends a session: its cookie is refused from now on, also where it was copied to. */
export async function endSession(sessionId: string, origin: ClientOrigin): Promise<void> {
  await withSystem(async (tx) => {
    const session = await findActiveSession(tx, sessionId);
    const user = session && (await findUserById(tx, session.userId));
    if (!user) return;
    await revokeSession(tx, sessionId);
    await auditPerson(tx, user, 'session.end', origin);
  });
}

/** The person of a session that is neither expired nor revoked, as the database knows them now. */
export async function sessionUser(sessionId: string): Promise<SessionUser | null> {
  return withSystem(async (tx) => {
    const session = await findActiveSession(tx, sessionId);
    const user = session && (await findUserById(tx, session.userId));
    return user && { id: user.id, email: user.email, name: user.name, sessionId };
  });
}

/** The person whose session cookie a request carries, or null. */
export async function sessionOf(request: Request): Promise<SessionUser | null> {
  const cookies = requestCookies(request);
  const token = await getToken({
    // Without headers, so that next-auth does not take a bearer token for a session.
    req: { cookies, headers: {} } as unknown as Parameters<typeof getToken>[0]['req'],
    secret: requireEnv('NEXTAUTH_SECRET'),
    secureCookie: secureCookies(),
  });
  return typeof token?.sid === 'string' ? sessionUser(token.sid) : null;
}
