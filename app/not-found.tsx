import type { Metadata } from 'next';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { LogoMark } from '@/components/shell/logo';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col items-center justify-center gap-4 px-6 text-center">
      <LogoMark className="size-9" />
      <div className="flex flex-col gap-1">
        <h1 className="text-xl font-semibold tracking-tight">There is no such page</h1>
        <p className="text-sm text-muted-foreground">
          The address may be mistyped, or what it named has been deleted.
        </p>
      </div>
      <Button asChild>
        <Link href="/roles">Go to roles</Link>
      </Button>
    </main>
  );
}
