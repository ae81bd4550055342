'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '@/components/ui/dialog';
import type { NewKey } from '@/lib/client/types';
import { CreateKeyForm } from './create-key-form';
import { KeySecret } from './key-secret';

type CreateKeyDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  role?: { id: string; name: string };
};

/** Asks, then shows the secret. A click beside the secret does not lose it. */
export function CreateKeyDialog({ open, onOpenChange, role }: CreateKeyDialogProps) {
  const [created, setCreated] = useState<NewKey | null>(null);

  function close() {
    setCreated(null);
    onOpenChange(false);
  }

  return (
    <Dialog open={open} onOpenChange={(next) => (next ? onOpenChange(true) : close())}>
      <DialogContent onInteractOutside={(event) => created && event.preventDefault()}>
        <DialogHeader>
          <DialogTitle>{created ? `Key ${created.name} is ready` : 'New API key'}</DialogTitle>
          <DialogDescription>
            {role
              ? `Requests with this key obey the policy of role ${role.name}.`
              : 'Requests with this key obey the policy of its role.'}
          </DialogDescription>
        </DialogHeader>
        {created ? (
          <>
            <KeySecret created={created} />
            <DialogFooter>
              <Button onClick={close}>Done</Button>
            </DialogFooter>
          </>
        ) : (
          <CreateKeyForm
            roleId={role?.id}
            onCreated={setCreated}
            autoFocus
            cancel={
              <Button variant="outline" onClick={close}>
                Cancel
              </Button>
            }
          />
        )}
      </DialogContent>
    </Dialog>
  );
}
