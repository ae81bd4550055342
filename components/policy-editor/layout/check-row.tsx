'use client';

import { useId, type ReactNode } from 'react';

type CheckRowProps = { title: string; help: string; children: ReactNode };

/** Several yes-or-no fields that answer one question. */
export function CheckRow({ title, help, children }: CheckRowProps) {
  const id = useId();
  return (
    <div
      role="group"
      aria-labelledby={id}
      className="grid gap-x-8 gap-y-2 py-3.5 md:grid-cols-[minmax(0,15rem)_minmax(0,1fr)] lg:grid-cols-[minmax(0,19rem)_minmax(0,1fr)]"
    >
      <div className="flex min-w-0 flex-col gap-0.5">
        <span id={id} className="text-sm leading-5 font-medium">
          {title}
        </span>
        <p className="text-xs text-muted-foreground">{help}</p>
      </div>
      <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">{children}</div>
    </div>
  );
}
