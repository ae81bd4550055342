import type { Metadata } from 'next';
import { connection } from 'next/server';
import { AuthCard } from '@/components/auth/auth-card';
import { safeCallback } from '@/components/auth/safe-callback';
import { SignInForm } from '@/components/auth/sign-in-form';
import { authProviders } from '@/lib/auth/providers';
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
    <AuthCard
      title="Sign in to Rolegate"
      description="Policies, keys and providers of your LLM gateway"
    >
      <SignInForm
        callbackUrl={safeCallback(callbackUrl, env().NEXTAUTH_URL)}
        initialError={Array.isArray(error) ? error[0] : error}
        sso={authProviders().some((provider) => provider.id === 'oidc')}
      />
    </AuthCard>
  );
}
