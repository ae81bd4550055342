'use client';

import { Info, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import type { PolicyKind } from '@/lib/policy/role-policy';
import { SwitchControl } from '../fields/switch-control';
import { useFieldValue } from '../fields/use-field-value';
import { dimmedClasses } from './group';

type SectionProps = {
  kind: PolicyKind;
  icon: LucideIcon;
  title: string;
  summary: string;
  children: ReactNode;
};

/** A tab's frame: what the section is for, its master switch, and its groups below. */
export function Section({ kind, icon: Icon, title, summary, children }: SectionProps) {
  const enabled = useFieldValue(`${kind}.enabled`);
  return (
    <Card className="pb-3">
      <div className="flex items-start gap-3 border-b border-border px-4 py-4 sm:px-6">
        <span
          aria-hidden
          className={cn(
            'mt-px flex size-8 shrink-0 items-center justify-center rounded-md',
            enabled ? 'bg-accent-subtle text-accent' : 'bg-muted text-muted-foreground',
          )}
        >
          <Icon className="size-4" />
        </span>
        <div className="min-w-0 flex-1">
          <h2 className="text-base leading-5 font-semibold tracking-tight">{title}</h2>
          <p className="text-sm text-muted-foreground">{summary}</p>
        </div>
        <div className="pt-1.5">
          <SwitchControl name={`${kind}.enabled`} subject={title} />
        </div>
      </div>
      {!enabled && (
        <p className="flex items-center gap-2 border-b border-border bg-muted/60 px-4 py-2 text-xs text-muted-foreground sm:px-6">
          <Info aria-hidden className="size-3.5 shrink-0" />
          This section is off. Its settings are kept and take effect when you switch it on.
        </p>
      )}
      <div data-off={!enabled || undefined} className={cn(!enabled && dimmedClasses)}>
        {children}
      </div>
    </Card>
  );
}
