'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import {
  Sheet,
  SheetBody,
  SheetContent,
  SheetDescription,
  SheetHeader,
  SheetTitle,
} from '@/components/ui/sheet';
import { Spinner } from '@/components/ui/spinner';
import { revisionsQuery } from '@/lib/client/policy';
import type { PolicyDocument } from '@/lib/client/types';
import { useEditor } from '../editor-context';
import { RestoreDialog } from './restore-dialog';
import { RevisionItem } from './revision-item';

type HistoryDrawerProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The version that is in force. */
  current: number;
  unsaved: number;
  onRestored: (document: PolicyDocument, from: number) => void;
};

/** Every version of the policy, newest first: who, when, from where, why, and what changed. */
export function HistoryDrawer({
  open,
  onOpenChange,
  current,
  unsaved,
  onRestored,
}: HistoryDrawerProps) {
  const [restoring, setRestoring] = useState<number | null>(null);
  return (
    <Sheet open={open} onOpenChange={onOpenChange}>
      <SheetContent>
        <SheetHeader>
          <SheetTitle>History</SheetTitle>
          <SheetDescription>
            Every saved version. Restoring one makes a new version; nothing is ever lost.
          </SheetDescription>
        </SheetHeader>
        <SheetBody>
          <Revisions current={current} onRestore={setRestoring} />
        </SheetBody>
        <RestoreDialog
          version={restoring}
          unsaved={unsaved}
          onClose={() => setRestoring(null)}
          onRestored={(document) => {
            onOpenChange(false);
            onRestored(document, restoring ?? current);
          }}
        />
      </SheetContent>
    </Sheet>
  );
}

type RevisionsProps = { current: number; onRestore: (version: number) => void };

function Revisions({ current, onRestore }: RevisionsProps) {
  const { tenantId, roleId, readOnly } = useEditor();
  const revisions = useInfiniteQuery(revisionsQuery(tenantId, roleId));
  if (revisions.isPending) {
    return (
      <div className="flex justify-center py-12">
        <Spinner label="Loading the history" />
      </div>
    );
  }
  if (revisions.isError) {
    return (
      <ErrorState
        title="The history could not be loaded"
        error={revisions.error}
        onRetry={() => void revisions.refetch()}
      />
    );
  }
  const items = revisions.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <EmptyState
        icon={History}
        title="No versions yet"
        description="Each save adds one, with its author and what changed."
      />
    );
  }
  return (
    <>
      <ol aria-label="Versions" className="flex flex-col">
        {items.map((revision) => (
          <RevisionItem
            key={revision.version}
            revision={revision}
            current={revision.version === current}
            onRestore={readOnly ? undefined : () => onRestore(revision.version)}
          />
        ))}
      </ol>
      {revisions.hasNextPage && (
        <Button
          variant="outline"
          className="mt-2 w-full"
          loading={revisions.isFetchingNextPage}
          onClick={() => void revisions.fetchNextPage()}
        >
          Load older versions
        </Button>
      )}
    </>
  );
}
