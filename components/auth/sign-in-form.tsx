'use client';

import { CircleAlert } from 'lucide-react';
import { signIn } from 'next-auth/react';
import { useRef, useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { safeCallback } from './safe-callback';
import { signInFault, type SignInFault } from './sign-in-error';

type SignInFormProps = {
  callbackUrl: string;
  /** Shown before the first try: what a redirect of next-auth brought along. */
  initialError?: string;
  /** Whether single sign-on is configured. */
  sso: boolean;
};

const UNREACHABLE: SignInFault = {
  kind: 'server',
  message: 'The server cannot be reached. Check that Rolegate is running.',
};

export function SignInForm({ callbackUrl, initialError, sso }: SignInFormProps) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const passwordField = useRef<HTMLInputElement>(null);
  const [pending, setPending] = useState(false);
  const [fault, setFault] = useState(() => signInFault(initialError));

  async function attempt(): Promise<SignInFault | null> {
    try {
      const answer = await signIn('credentials', { email, password, redirect: false, callbackUrl });
      return answer?.ok && !answer.error ? null : signInFault(answer?.error ?? 'unknown');
    } catch (error) {
      // What fetch throws when nobody answers, and next-auth when the answer is not JSON.
      if (error instanceof TypeError || error instanceof SyntaxError) return UNREACHABLE;
      throw error;
    }
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    setPending(true);
    setFault(null);
    const next = await attempt();
    if (next === null) {
      // A full load, so that the server sees the new session and no query keeps the old one's data.
      window.location.assign(safeCallback(callbackUrl, window.location.origin));
      return;
    }
    setFault(next);
    setPending(false);
    if (next.kind !== 'credentials') return;
    setPassword('');
    passwordField.current?.focus();
  }

  return (
    <div className="flex flex-col gap-4">
      {fault && (
        <div
          role="alert"
          className="flex gap-2 rounded-md bg-destructive-subtle px-3 py-2 text-sm text-destructive"
        >
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <p>{fault.message}</p>
        </div>
      )}
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label="E-mail">
          {(control) => (
            <Input
              {...control}
              type="email"
              name="email"
              className="h-10"
              autoComplete="username"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
              required
              autoFocus
            />
          )}
        </Field>
        <Field label="Password">
          {(control) => (
            <Input
              {...control}
              ref={passwordField}
              type="password"
              name="password"
              className="h-10"
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
              required
            />
          )}
        </Field>
        <Button type="submit" size="lg" loading={pending}>
          Sign in
        </Button>
      </form>
      {sso && (
        <>
          <div className="flex items-center gap-3 text-xs text-muted-foreground">
            <span aria-hidden className="h-px flex-1 bg-border" />
            or
            <span aria-hidden className="h-px flex-1 bg-border" />
          </div>
          <Button variant="outline" size="lg" onClick={() => void signIn('oidc', { callbackUrl })}>
            Continue with single sign-on
          </Button>
        </>
      )}
    </div>
  );
}
