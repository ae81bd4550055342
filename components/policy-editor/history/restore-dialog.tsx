'use client';

import { useState } from 'react';
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { useRestoreRevision } from '@/lib/client/policy';
import type { PolicyDocument } from '@/lib/client/types';
import { useEditor } from '../editor-context';
import { FieldError } from '../layout/field-error';

type RestoreDialogProps = {
  /** The version to bring back; null keeps the dialog closed. */
  version: number | null;
  unsaved: number;
  onClose: () => void;
  onRestored: (document: PolicyDocument) => void;
};

export function RestoreDialog({ version, unsaved, onClose, onRestored }: RestoreDialogProps) {
  const { tenantId, roleId } = useEditor();
  const restore = useRestoreRevision(tenantId, roleId);
  const [failure, setFailure] = useState<string>();

  async function confirm() {
    if (version === null) return;
    setFailure(undefined);
    try {
      const document = await restore.mutateAsync(version);
      onClose();
      onRestored(document);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  }

  return (
    <AlertDialog open={version !== null} onOpenChange={(open) => !open && onClose()}>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>Restore version {version}?</AlertDialogTitle>
          <AlertDialogDescription>
            The policy becomes what it was then, as a new version, in force within a second.
            {unsaved > 0 &&
              ` Your ${unsaved === 1 ? 'unsaved change is' : `${unsaved} unsaved changes are`} dropped.`}
          </AlertDialogDescription>
        </AlertDialogHeader>
        <FieldError message={failure} />
        <AlertDialogFooter>
          <AlertDialogCancel disabled={restore.isPending}>Cancel</AlertDialogCancel>
          <Button loading={restore.isPending} onClick={() => void confirm()}>
            Restore version {version}
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
