import type { ReactNode } from 'react';
import { ThemeToggle } from '@/components/shell/theme-toggle';

/** One narrow column on a quiet ground, for pages before sign-in. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col bg-sidebar">
      <div className="flex justify-end p-3">
        <ThemeToggle />
      </div>
      <main className="mx-auto flex w-full max-w-[400px] flex-1 flex-col justify-center px-4 pb-24">
        {children}
      </main>
    </div>
  );
}
