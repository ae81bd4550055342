'use client';

import { useQuery } from '@tanstack/react-query';
import { SlidersHorizontal } from 'lucide-react';
import Link from 'next/link';
import { useTenant } from '@/components/shell/tenant-context';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card, CardDescription, CardHeader, CardTitle } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { policyQuery } from '@/lib/client/policy';
import type { RoleView } from '@/lib/client/types';
import type { RolePolicy } from '@/lib/policy/role-policy';
import { POLICY_SECTION_LIST, type PolicySection } from './policy-sections';
import { summarizeSection } from './policy-summary';

/** The role's policy in words, a line of phrases a section, each leading to its tab of the editor. */
export function PolicySummaryCard({ role }: { role: RoleView }) {
  const { tenant, canEdit } = useTenant();
  const policy = useQuery(policyQuery(tenant.id, role.id));
  const href = `/roles/${role.id}/policy`;
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>Policy</CardTitle>
          <CardDescription>
            Version {policy.data?.version ?? role.policyVersion}, in force on the gateway
          </CardDescription>
        </div>
        <Button variant={canEdit ? 'default' : 'outline'} asChild>
          <Link href={href}>
            <SlidersHorizontal /> {canEdit ? 'Edit policy' : 'View policy'}
          </Link>
        </Button>
      </CardHeader>
      {policy.isPending && (
        <div
          role="status"
          aria-label="Loading policy"
          className="grid gap-px sm:grid-cols-2 xl:grid-cols-4"
        >
          {POLICY_SECTION_LIST.map((section) => (
            <div key={section.kind} className="flex flex-col gap-2 p-4">
              <Skeleton className="h-4 w-24" />
              <Skeleton className="h-3 w-48" />
            </div>
          ))}
        </div>
      )}
      {policy.isError && (
        <ErrorState
          title="The policy could not be loaded"
          error={policy.error}
          onRetry={() => void policy.refetch()}
        />
      )}
      {policy.data && (
        // Hairlines between the cells: the grid's ground shows through its gaps.
        <ul className="grid gap-px overflow-hidden rounded-b-lg bg-border sm:grid-cols-2 xl:grid-cols-4">
          {POLICY_SECTION_LIST.map((section) => (
            <SectionCell
              key={section.kind}
              section={section}
              policy={policy.data.policy}
              href={`${href}#${section.slug}`}
            />
          ))}
        </ul>
      )}
    </Card>
  );
}

type SectionCellProps = { section: PolicySection; policy: RolePolicy; href: string };

function SectionCell({ section: { kind, label, icon: Icon }, policy, href }: SectionCellProps) {
  const enabled = policy[kind].enabled;
  const phrases = enabled ? summarizeSection(kind, policy[kind]) : [];
  return (
    <li className="relative bg-card p-4 transition-colors hover:bg-muted/60">
      <div className="flex items-center gap-2">
        <Icon
          aria-hidden
          className={cn('size-4 shrink-0', enabled ? 'text-accent' : 'text-muted-foreground')}
        />
        <Link
          href={href}
          className="flex-1 rounded-sm text-sm font-medium after:absolute after:inset-0"
        >
          {label}
        </Link>
        <Badge variant={enabled ? 'success' : 'outline'}>{enabled ? 'On' : 'Off'}</Badge>
      </div>
      <ul className="mt-2 flex flex-col gap-0.5 text-xs leading-5 break-words text-muted-foreground">
        {!enabled && <li>No effect</li>}
        {enabled && phrases.length === 0 && <li>On, but nothing is limited yet</li>}
        {phrases.map((phrase) => (
          <li key={phrase}>{phrase}</li>
        ))}
      </ul>
    </li>
  );
}
