import type { ReactNode } from 'react';
import { LogoMark } from '@/components/shell/logo';

type AuthCardProps = { title: string; description: ReactNode; children: ReactNode };

/** The one card of a page before sign-in, under the product's mark. */
export function AuthCard({ title, description, children }: AuthCardProps) {
  return (
    <>
      <div className="mb-6 flex flex-col items-center gap-3 text-center">
        <LogoMark className="size-9" />
        <div>
          <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
          <p className="mt-0.5 text-sm break-words text-muted-foreground">{description}</p>
        </div>
      </div>
      <div className="rounded-xl border border-border bg-card p-6 shadow-raised">{children}</div>
    </>
  );
}
