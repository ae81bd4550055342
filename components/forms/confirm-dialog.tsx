'use client';

import { useState, type ReactNode } from 'react';
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
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { FormError } from './form-error';

type ConfirmDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: ReactNode;
  /** The verb of the act: "Delete role". */
  action: string;
  /** For acts that destroy much: what has to be typed first. */
  typeToConfirm?: string;
  /** Stays open and shows the reason when it rejects. */
  onConfirm: () => Promise<unknown>;
};

/** Asks before an act that cannot be taken back. */
export function ConfirmDialog({ open, onOpenChange, ...body }: ConfirmDialogProps) {
  return (
    <AlertDialog open={open} onOpenChange={onOpenChange}>
      <AlertDialogContent>
        <ConfirmBody {...body} onDone={() => onOpenChange(false)} />
      </AlertDialogContent>
    </AlertDialog>
  );
}

type ConfirmBodyProps = Omit<ConfirmDialogProps, 'open' | 'onOpenChange'> & { onDone: () => void };

function ConfirmBody({
  title,
  description,
  action,
  typeToConfirm,
  onConfirm,
  onDone,
}: ConfirmBodyProps) {
  const [typed, setTyped] = useState('');
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<Error | null>(null);

  async function confirm() {
    setPending(true);
    setError(null);
    try {
      await onConfirm();
      onDone();
    } catch (cause) {
      setError(cause instanceof Error ? cause : new Error(String(cause)));
      setPending(false);
    }
  }

  return (
    <>
      <AlertDialogHeader>
        <AlertDialogTitle>{title}</AlertDialogTitle>
        <AlertDialogDescription>{description}</AlertDialogDescription>
      </AlertDialogHeader>
      <FormError error={error} />
      {typeToConfirm && (
        <Field
          label={
            <>
              Type <span className="font-mono">{typeToConfirm}</span> to confirm
            </>
          }
        >
          {(control) => (
            <Input
              {...control}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              autoComplete="off"
            />
          )}
        </Field>
      )}
      <AlertDialogFooter>
        <AlertDialogCancel disabled={pending}>Cancel</AlertDialogCancel>
        <Button
          variant="destructive"
          loading={pending}
          disabled={typeToConfirm !== undefined && typed !== typeToConfirm}
          onClick={() => void confirm()}
        >
          {action}
        </Button>
      </AlertDialogFooter>
    </>
  );
}
