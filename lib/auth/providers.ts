import 'server-only';
import { env } from '@/lib/env';

export type AuthProvider = { id: 'credentials' | 'oidc'; name: string };

/** The ways to sign in that this installation offers, for the sign-in page. */
export function authProviders(): AuthProvider[] {
  const password: AuthProvider = { id: 'credentials', name: 'E-mail and password' };
  const sso: AuthProvider = { id: 'oidc', name: 'Single sign-on' };
  return env().OIDC_ISSUER === undefined ? [password] : [password, sso];
}
