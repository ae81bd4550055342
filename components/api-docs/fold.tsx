'use client';

import { ChevronRight } from 'lucide-react';
import { useState, useSyncExternalStore, type ReactNode } from 'react';

type FoldProps = { id: string; summary: ReactNode; children: ReactNode };

/** Closed until it is opened or linked to; what is in it is made only then. */
export function Fold({ id, summary, children }: FoldProps) {
  const hash = useSyncExternalStore(onHashChange, currentHash, noHash);
  const [choice, setChoice] = useState({ hash: '', open: false });
  // A link to it opens it again, also after the reader has closed it.
  const open = choice.hash === hash ? choice.open : choice.open || hash === `#${id}`;
  return (
    <details
      id={id}
      open={open}
      onToggle={(event) => setChoice({ hash, open: event.currentTarget.open })}
      className="group"
    >
      <summary className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="size-3.5 shrink-0 text-muted-foreground transition-transform group-open:rotate-90"
        />
        {summary}
      </summary>
      {open && <div className="border-t border-border px-4 py-4">{children}</div>}
    </details>
  );
}

function onHashChange(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

const currentHash = () => window.location.hash;
const noHash = () => '';
