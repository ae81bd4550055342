import type { Metadata } from 'next';
import { connection } from 'next/server';
import { safeCallback } from '@/components/auth/safe-callback';
import { SignInForm } from '@/components/auth/sign-in-form';
import { env } from '@/lib/env';

export const metadata: Metadata = { title: 'Sign in' };

type SignInPageProps = {
  searchParams: Promise<{ callbackUrl?: string | string[]; error?: string | string[] }>;
};

export default async function SignInPage({ searchParams }: SignInPageProps) {
  // Which ways to sign in there are is known when the server runs, not when it is built.
  await connection();
  const { callbackUrl, error } = await searchParams;
  return (
    <SignInForm
      callbackUrl={safeCallback(callbackUrl, env().NEXTAUTH_URL)}
      initialError={Array.isArray(error) ? error[0] : error}
      sso={env().OIDC_ISSUER !== undefined}
    />
  );
}
