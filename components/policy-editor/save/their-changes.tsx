'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Time } from '@/components/ui/time';
import { revisionsQuery } from '@/lib/client/policy';
import type { PolicyChange } from '@/lib/policy/diff';
import { ChangeList } from './change-list';

type TheirChangesProps = {
  tenantId: string;
  roleId: string;
  /** The versions after `since`, up to and with `until`. */
  since: number;
  until: number;
  changes: readonly PolicyChange[];
};

/** Who saved what in between. */
export function TheirChanges({ tenantId, roleId, since, until, changes }: TheirChangesProps) {
  const { data } = useInfiniteQuery({
    ...revisionsQuery(tenantId, roleId),
    // What is cached is older than the conflict.
    refetchOnMount: 'always',
  });
  const between = (data?.pages ?? [])
    .flatMap((page) => page.items)
    .filter(({ version }) => version > since && version <= until);
  return (
    <div className="flex flex-col gap-3 rounded-md border border-border bg-background p-3.5">
      {between.map(({ version, at, actor, comment }) => (
        <p key={version} className="text-sm">
          <span className="font-medium">Version {version}</span> by{' '}
          <span className="font-medium">{actor.name}</span>,{' '}
          <Time at={at} className="text-muted-foreground" />
          {comment && <span className="text-muted-foreground">: “{comment}”</span>}
        </p>
      ))}
      <div
        role="region"
        aria-label="Their changes"
        tabIndex={0}
        className="max-h-[26dvh] overflow-y-auto"
      >
        <ChangeList changes={changes} />
      </div>
    </div>
  );
}
