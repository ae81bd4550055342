export type SignInFault = { kind: 'credentials' | 'throttled' | 'sso' | 'server'; message: string };

const SSO_CODES = [
  'OAuthSignin',
  'OAuthCallback',
  'OAuthCreateAccount',
  'OAuthAccountNotLinked',
  'Callback',
];

/** What to tell a person about an error code of next-auth, or of our own credentials provider. */
export function signInFault(code: string | undefined): SignInFault | null {
  if (!code) return null;
  if (/too_many_attempts|throttl/i.test(code)) {
    return {
      kind: 'throttled',
      message: 'Too many failed attempts. Wait a few minutes, then try again.',
    };
  }
  if (code === 'CredentialsSignin' || code === 'invalid_credentials') {
    return { kind: 'credentials', message: 'The e-mail address or the password is not right.' };
  }
  if (code === 'AccessDenied') {
    return { kind: 'sso', message: 'This account may not sign in here. Ask an owner to add you.' };
  }
  if (code === 'SessionRequired') return null;
  if (SSO_CODES.includes(code)) {
    return {
      kind: 'sso',
      message: 'Single sign-on did not succeed. Try again, or use your password.',
    };
  }
  return { kind: 'server', message: 'Signing in failed on the server. Try again in a moment.' };
}
