import type { ReactNode } from 'react';
import { LogoMark } from '@/components/shell/logo';
import { ThemeToggle } from '@/components/shell/theme-toggle';

/** One narrow column on a quiet ground, for pages before sign-in. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col bg-sidebar">
      <div className="flex justify-end p-3">
        <ThemeToggle />
      </div>
      <main className="mx-auto flex w-full max-w-[400px] flex-1 flex-col justify-center px-4 pb-24">
        <div className="mb-6 flex flex-col items-center gap-3 text-center">
          <LogoMark className="size-9" />
          <div>
            <h1 className="text-xl font-semibold tracking-tight">Sign in to Rolegate</h1>
            <p className="mt-0.5 text-sm text-muted-foreground">
              Policies, keys and providers of your LLM gateway
            </p>
          </div>
        </div>
        <div className="rounded-xl border border-border bg-card p-6 shadow-raised">{children}</div>
      </main>
    </div>
  );
}
