'use client';

import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Time } from '@/components/ui/time';
import type { RevisionSummary } from '@/lib/client/types';
import { ChangeList } from '../save/change-list';
import { clientName } from './client-name';

/** Longer diffs are folded: the first version of a role changes every field. */
const FOLD_AFTER = 6;

type RevisionItemProps = {
  revision: RevisionSummary;
  current: boolean;
  onRestore: (() => void) | undefined;
};

export function RevisionItem({ revision, current, onRestore }: RevisionItemProps) {
  const { version, at, actor, ip, userAgent, comment, restoredFrom, diff } = revision;
  const [unfolded, setUnfolded] = useState(false);
  const shown = unfolded ? diff : diff.slice(0, FOLD_AFTER);
  const place = [clientName(userAgent), ip].filter(Boolean).join(', ');
  return (
    <li
      data-revision={version}
      className="relative flex flex-col gap-2.5 border-l border-border pb-7 pl-5 before:absolute before:top-1.5 before:-left-[4.5px] before:size-2 before:rounded-full before:border before:border-input before:bg-popover last:pb-2 data-current:before:border-primary data-current:before:bg-primary"
      data-current={current || undefined}
    >
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">
            Version {version}
            {current && <Badge>In force</Badge>}
            {restoredFrom !== null && (
              <Badge variant="outline">Restored from version {restoredFrom}</Badge>
            )}
          </p>
          <p className="text-xs break-words text-muted-foreground">
            <span className="font-medium text-foreground">{actor.name || 'Rolegate'}</span>,{' '}
            <Time at={at} />
            {place && <span>, from {place}</span>}
          </p>
        </div>
        {onRestore && !current && (
          <Button
            variant="outline"
            size="sm"
            aria-label={`Restore version ${version}`}
            onClick={onRestore}
          >
            <RotateCcw /> Restore
          </Button>
        )}
      </div>
      {comment && <p className="text-sm break-words">“{comment}”</p>}
      {diff.length === 0 ? (
        <p className="text-sm text-muted-foreground">No field changed.</p>
      ) : (
        <ChangeList changes={shown} />
      )}
      {diff.length > FOLD_AFTER && (
        <Button
          variant="link"
          size="sm"
          className="w-fit px-0"
          aria-expanded={unfolded}
          onClick={() => setUnfolded(!unfolded)}
        >
          {unfolded ? 'Show fewer changes' : `Show all ${diff.length} changes`}
        </Button>
      )}
    </li>
  );
}
