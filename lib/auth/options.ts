import 'server-only';
import type { NextAuthOptions, User } from 'next-auth';
import type { JWT } from 'next-auth/jwt';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { findUserById, findUserByOidc } from '@/lib/db/users-repository';
import { withSystem } from '@/lib/db/client';
import { env, requireEnv } from '@/lib/env';
import type { ClientOrigin } from '@/lib/http/client-origin';
import { log, redactText } from '@/lib/log';
import {
  beginSession,
  endSession,
  secureCookies,
  SESSION_IDLE_SECONDS,
  sessionUser,
} from './session';
import { signInWithOidc, signInWithPassword } from './sign-in';

/** Why a sign-in with a password was put off; the route turns it into 429 with `retry-after`. */
export class TooManyAttempts extends Error {
  override readonly name = 'TooManyAttempts';
  constructor(readonly retryAfterSeconds: number) {
    super('too_many_attempts');
  }
}

type OidcClaims = {
  sub: string;
  iss?: string;
  email?: string;
  email_verified?: boolean | string;
  name?: string;
};

/**
 * next-auth's options for one request.
 * @param origin who asks, for throttling and the audit trail
 * @param onThrottled told when a sign-in is put off, since next-auth passes on no more than a message
 */
export function authOptions(
  origin: ClientOrigin,
  onThrottled: (fault: TooManyAttempts) => void = () => undefined,
): NextAuthOptions {
  return {
    secret: requireEnv('NEXTAUTH_SECRET'),
    useSecureCookies: secureCookies(),
    session: { strategy: 'jwt', maxAge: SESSION_IDLE_SECONDS },
    jwt: { maxAge: SESSION_IDLE_SECONDS },
    pages: { signIn: '/signin', signOut: '/signin', error: '/signin' },
    providers: [passwordProvider(origin, onThrottled), ...(oidcProvider() ?? [])],
    callbacks: {
      async signIn({ account, profile }) {
        if (account?.provider !== 'oidc') return true;
        return (await signInWithOidc(identityOf(profile as OidcClaims), origin)) !== null;
      },
      async jwt({ token, user, account, profile }) {
        if (!account) return refreshed(token);
        const method = account.provider === 'oidc' ? 'oidc' : 'password';
        const person =
          method === 'oidc'
            ? await personOf(identityOf(profile as OidcClaims))
            : await withSystem((tx) => findUserById(tx, user.id));
        if (!person) throw new Error('The account went away during sign-in.');
        const session = await beginSession(person, method, origin);
        return {
          sub: session.id,
          sid: session.sessionId,
          email: session.email,
          name: session.name,
        };
      },
      session({ session, token }) {
        return { ...session, user: { id: token.sub, email: token.email, name: token.name } };
      },
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sid === 'string') await endSession(token.sid, origin);
      },
    },
    logger: {
      error: (code, metadata) => {
        // A session that has ended is no fault; next-auth calls it one.
        const level = code === 'JWT_SESSION_ERROR' ? 'debug' : 'warn';
        log()[level]({ code, reason: reasonOf(metadata) }, 'sign-in failed');
      },
      warn: (code) => log().debug({ code }, 'sign-in warning'),
      debug: () => undefined,
    },
  };
}

/** A token whose session was revoked must not be renewed: next-auth answers a throw by clearing the cookie. */
async function refreshed(token: JWT): Promise<JWT> {
  const user = typeof token.sid === 'string' ? await sessionUser(token.sid) : null;
  if (!user) throw new Error('The session has ended.');
  return { ...token, email: user.email, name: user.name };
}

function passwordProvider(origin: ClientOrigin, onThrottled: (fault: TooManyAttempts) => void) {
  return CredentialsProvider({
    name: 'E-mail and password',
    credentials: { email: { type: 'email' }, password: { type: 'password' } },
    async authorize(given): Promise<User | null> {
      const { email, password } = given ?? {};
      if (typeof email !== 'string' || typeof password !== 'string') return null;
      const verdict = await signInWithPassword({ email, password }, origin);
      if (verdict.kind === 'refused') return null;
      if (verdict.kind === 'accepted') return { id: verdict.user.id, email: verdict.user.email };
      const fault = new TooManyAttempts(verdict.retryAfterSeconds);
      onThrottled(fault);
      throw fault;
    },
  });
}

function oidcProvider(): [OAuthConfig<OidcClaims>] | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env();
  if (!issuer || !clientId || !clientSecret) return null;
  return [
    {
      id: 'oidc',
      name: 'Single sign-on',
      type: 'oauth',
      wellKnown: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
      authorization: { params: { scope: 'openid email profile' } },
      clientId,
      clientSecret,
      idToken: true,
      checks: ['pkce', 'state', 'nonce'],
      httpOptions: { timeout: 10_000 },
      userinfo: {
        // Many providers put the e-mail address into the userinfo answer only.
        async request({ tokens, client }) {
          // What next-auth passes here is openid-client's TokenSet, whatever its type says.
          const claims = (tokens as unknown as { claims(): OidcClaims }).claims();
          if (claims.email !== undefined) return claims;
          return { ...(await client.userinfo(tokens.access_token ?? '')), ...claims };
        },
      },
      profile: (claims) => ({ id: claims.sub, email: claims.email, name: claims.name }),
    },
  ];
}

function identityOf(claims: OidcClaims) {
  return {
    issuer: claims.iss ?? env().OIDC_ISSUER ?? '',
    subject: claims.sub,
    email: claims.email ?? null,
    // Some providers write the boolean as a text.
    emailVerified: claims.email_verified === true || claims.email_verified === 'true',
  };
}

function personOf({ issuer, subject }: { issuer: string; subject: string }) {
  return withSystem((tx) => findUserByOidc(tx, issuer, subject));
}

/** The message of an error and no more: next-auth's metadata may hold tokens and whole profiles. */
function reasonOf(metadata: unknown): string {
  const inner =
    typeof metadata === 'object' && metadata !== null && 'error' in metadata
      ? metadata.error
      : metadata;
  const message = redactText(inner instanceof Error ? inner.message : 'unknown');
  // State, nonce and codes of one sign-in.
  return message.replace(/[\w-]{32,}/g, '…').slice(0, 500);
}
