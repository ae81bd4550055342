'use client';

import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFormContext, useFormState, useWatch } from 'react-hook-form';
import { cn } from '@/components/ui/cn';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import { POLICY_KINDS, type PolicyKind, type RolePolicy } from '@/lib/policy/role-policy';
import { useChanges } from './changes-context';
import { Section } from './layout/section';
import { markedFindings } from './lint/by-section';
import { useFindings } from './lint/findings-context';
import { errorsBelow } from './model/resolver';
import { POLICY_TABS } from './tabs';

type PolicyTabsProps = {
  open: PolicyKind;
  onOpen: (kind: PolicyKind) => void;
  /** What stands above the tabs and stays in sight with them. */
  header: ReactNode;
  /** What stands below the open section. */
  footer: ReactNode;
};

/** The eight tabs: one row where there is room for it, two rows of four where there is not. */
export function PolicyTabs({ open, onOpen, header, footer }: PolicyTabsProps) {
  const { icon, title, summary, content: Content } = POLICY_TABS[open];
  return (
    <Tabs value={open} onValueChange={(kind) => onOpen(kind as PolicyKind)} className="@container">
      {/* Wide screens keep header and tabs in sight, narrow ones the header alone. */}
      <div className="contents md:sticky md:top-12 md:z-20 md:-mx-6 md:-mt-6 md:block md:bg-background/95 md:px-6 md:backdrop-blur-sm">
        <div className="max-md:sticky max-md:top-12 max-md:z-20 max-md:-mx-4 max-md:-mt-6 max-md:border-b max-md:border-border max-md:bg-background/95 max-md:px-4 max-md:backdrop-blur-sm sm:max-md:-mx-6 sm:max-md:px-6">
          {header}
        </div>
        <TabsList
          aria-label="Policy sections"
          className="grid grid-cols-4 gap-x-0 @min-[54rem]:grid-cols-8"
        >
          {POLICY_KINDS.map((kind) => (
            <Trigger key={kind} kind={kind} />
          ))}
        </TabsList>
      </div>
      <TabsContent value={open} className="pt-5">
        <Section kind={open} icon={icon} title={title} summary={summary}>
          <Content />
        </Section>
      </TabsContent>
      {footer}
    </Tabs>
  );
}

function Trigger({ kind }: { kind: PolicyKind }) {
  const { control } = useFormContext<RolePolicy>();
  const { errors } = useFormState({ control });
  const enabled = useWatch({ control, name: `${kind}.enabled` });
  const { byKind } = useChanges();
  const changed = byKind[kind];
  const faults = errorsBelow(errors[kind]).length;
  const findings = markedFindings(useFindings().findings, kind);
  const { label, icon: Icon } = POLICY_TABS[kind];
  return (
    <TabsTrigger
      value={kind}
      data-tab={kind}
      className="h-auto min-w-0 flex-col gap-1 px-1 py-2 @min-[36rem]:h-10 @min-[36rem]:flex-row @min-[36rem]:gap-2 @min-[36rem]:py-0"
    >
      <Icon aria-hidden className={cn(enabled ? 'text-accent' : 'opacity-70')} />
      <span className="flex max-w-full items-center gap-1.5">
        <span className="truncate">{label}</span>
        {faults > 0 ? (
          <span
            data-tab-faults={faults}
            aria-hidden
            className="inline-flex h-4 min-w-4 items-center justify-center rounded-full bg-destructive-fill px-1 text-[11px] leading-none font-semibold text-destructive-foreground"
          >
            {faults}
          </span>
        ) : (
          <>
            {changed > 0 && (
              <span
                data-tab-changed
                aria-hidden
                className="size-1.5 shrink-0 rounded-full bg-accent"
              />
            )}
            {findings > 0 && (
              <TriangleAlert
                data-tab-findings={findings}
                aria-hidden
                className="!size-3 shrink-0 text-warning"
              />
            )}
          </>
        )}
      </span>
      <span className="sr-only">{stateInWords(enabled, changed, faults, findings)}</span>
    </TabsTrigger>
  );
}

function stateInWords(enabled: boolean, changed: number, faults: number, findings: number): string {
  return [
    enabled ? 'on' : 'off',
    changed > 0 && `${changed} unsaved ${changed === 1 ? 'change' : 'changes'}`,
    faults > 0 && `${faults} ${faults === 1 ? 'error' : 'errors'}`,
    findings > 0 && `${findings} ${findings === 1 ? 'finding' : 'findings'}`,
  ]
    .filter(Boolean)
    .map((part) => `, ${part}`)
    .join('');
}
