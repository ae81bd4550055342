'use client';

import { useId, type ReactNode } from 'react';
import { cn } from '@/components/ui/cn';
import { SwitchControl } from '../fields/switch-control';
import type { BooleanPath } from '../model/form-types';
import { useFieldValue } from '../fields/use-field-value';

type GroupProps = {
  title: string;
  /** The switch of a sub-section; off dims what is below, and leaves it editable. */
  switchName?: BooleanPath;
  children: ReactNode;
};

/** A headed part of a tab, as the wireframes draw it: title, line, sometimes a switch. */
export function Group({ title, switchName, children }: GroupProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="px-4 pt-5 pb-2 sm:px-6">
      <div className="flex items-center gap-3">
        <h3 id={id} className="shrink-0 text-sm font-semibold">
          {title}
        </h3>
        <div aria-hidden className="h-px flex-1 bg-border" />
        {switchName && <SwitchControl name={switchName} subject={title} />}
      </div>
      {switchName ? <Dimmable by={switchName}>{children}</Dimmable> : <Rows>{children}</Rows>}
    </section>
  );
}

function Rows({ off = false, children }: { off?: boolean; children: ReactNode }) {
  return (
    <div
      data-off={off || undefined}
      className={cn('divide-y divide-border/70', off && dimmedClasses)}
    >
      {children}
    </div>
  );
}

/**
 * Looks switched off, but every text keeps 4.5:1 and every control works: all text takes the quiet
 * colour and the accent goes grey. Not by opacity, which would multiply where a group that is off
 * stands in a section that is off.
 */
export const dimmedClasses =
  'text-muted-foreground grayscale [--foreground:var(--muted-foreground)]';

function Dimmable({ by, children }: { by: BooleanPath; children: ReactNode }) {
  return <Rows off={!useFieldValue(by)}>{children}</Rows>;
}
