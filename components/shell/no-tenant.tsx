'use client';

import { signOut } from 'next-auth/react';
import { Button } from '@/components/ui/button';
import { Card, CardContent } from '@/components/ui/card';
import { CreateTenantForm } from './create-tenant-dialog';
import { Logo } from './logo';

/** For a user who is a member of no tenant. */
export function NoTenant({ onCreated }: { onCreated: (id: string) => void }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col justify-center gap-6 px-4 py-10">
      <Logo />
      <div className="flex flex-col gap-1">
        <h1 className="text-xl font-semibold tracking-tight">Create your first tenant</h1>
        <p className="text-sm text-muted-foreground">
          You are not a member of any tenant yet. Create one, or ask an owner to add you to theirs.
        </p>
      </div>
      <Card>
        <CardContent>
          <CreateTenantForm onCreated={onCreated} />
        </CardContent>
      </Card>
      <Button
        variant="link"
        className="self-start px-0"
        onClick={() => void signOut({ callbackUrl: '/signin' })}
      >
        Sign out
      </Button>
    </main>
  );
}
