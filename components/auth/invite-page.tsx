'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState, type FormEvent } from 'react';
import { FormError } from '@/components/forms/form-error';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { inviteQuery, useAcceptInvite } from '@/lib/client/account';
import { ApiError } from '@/lib/client/api';
import { AuthCard } from './auth-card';
import { NewPasswordFields } from './new-password-fields';

/** Where an invitation link leads: sets the first password of the invited person. */
export function InvitePage({ token }: { token: string }) {
  const invite = useQuery(inviteQuery(token));
  const accept = useAcceptInvite(token);

  if (invite.isPending) {
    return (
      <AuthCard title="Welcome to Rolegate" description="Reading your invitation…">
        <div role="status" aria-label="Loading" className="flex flex-col gap-4">
          <Skeleton className="h-10" />
          <Skeleton className="h-10" />
        </div>
      </AuthCard>
    );
  }
  if (invite.isError) {
    const gone = invite.error instanceof ApiError && invite.error.status === 404;
    return (
      <AuthCard title="This link does not work" description="Nothing has been changed.">
        {gone ? (
          <div className="flex flex-col gap-4">
            <Notice variant="destructive">{invite.error.message}</Notice>
            <Button variant="outline" className="w-full" asChild>
              <Link href="/signin">Go to sign-in</Link>
            </Button>
          </div>
        ) : (
          <ErrorState
            title="The invitation could not be read"
            error={invite.error}
            onRetry={() => void invite.refetch()}
          />
        )}
      </AuthCard>
    );
  }
  if (accept.isSuccess) {
    return (
      <AuthCard title="Your password is set" description={invite.data.email}>
        <Button size="lg" className="w-full" asChild>
          <Link href="/signin">Sign in</Link>
        </Button>
      </AuthCard>
    );
  }
  return (
    <AuthCard
      title="Welcome to Rolegate"
      description={
        <>
          Choose a password for <span className="text-foreground">{invite.data.email}</span>
        </>
      }
    >
      <FirstPasswordForm
        email={invite.data.email}
        pending={accept.isPending}
        error={accept.error}
        onSubmit={accept.mutate}
      />
    </AuthCard>
  );
}

type FirstPasswordFormProps = {
  email: string;
  pending: boolean;
  error: Error | null;
  onSubmit: (password: string) => void;
};

function FirstPasswordForm({ email, pending, error, onSubmit }: FirstPasswordFormProps) {
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const fault = error instanceof ApiError ? error.issueAt('password') : undefined;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (password === repeated) onSubmit(password);
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <FormError error={error} fields={['password']} />
      {/* Tells password managers whose password this is. */}
      <input
        type="email"
        className="sr-only"
        tabIndex={-1}
        aria-hidden
        autoComplete="username"
        value={email}
        readOnly
      />
      <NewPasswordFields
        password={password}
        repeated={repeated}
        fault={fault}
        onPassword={setPassword}
        onRepeated={setRepeated}
      />
      <Button type="submit" size="lg" loading={pending} disabled={password !== repeated}>
        Set password
      </Button>
    </form>
  );
}
