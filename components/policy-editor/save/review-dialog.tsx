'use client';

import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/textarea';
import type { PolicyChange } from '@/lib/policy/diff';
import { FieldError } from '../layout/field-error';
import { ChangeList } from './change-list';

const COMMENT_LIMIT = 500;

type ReviewDialogProps = {
  open: boolean;
  changes: readonly PolicyChange[];
  nextVersion: number;
  pending: boolean;
  failure: string | null;
  onConfirm: (comment: string) => Promise<void>;
  onCancel: () => void;
  onCloseAutoFocus: (event: Event) => void;
};

/** The last look before a save: what changes, in words, and room to say why. */
export function ReviewDialog({ open, onCancel, onCloseAutoFocus, ...body }: ReviewDialogProps) {
  return (
    <Dialog open={open} onOpenChange={(next) => !next && !body.pending && onCancel()}>
      <DialogContent className="max-w-xl" onCloseAutoFocus={onCloseAutoFocus}>
        <ReviewForm {...body} onCancel={onCancel} />
      </DialogContent>
    </Dialog>
  );
}

function ReviewForm({
  changes,
  nextVersion,
  pending,
  failure,
  onConfirm,
  onCancel,
}: Omit<ReviewDialogProps, 'open' | 'onCloseAutoFocus'>) {
  const [comment, setComment] = useState('');

  function submit(event: FormEvent) {
    event.preventDefault();
    // React events bubble through portals: not to the editor's own form.
    event.stopPropagation();
    void onConfirm(comment.trim());
  }

  return (
    <form onSubmit={submit} className="flex min-h-0 flex-col gap-4">
      <DialogHeader>
        <DialogTitle>Review changes</DialogTitle>
        <DialogDescription>
          {changes.length === 1 ? 'One change' : `${changes.length} changes`}, in force within a
          second of saving.
        </DialogDescription>
      </DialogHeader>
      <div
        role="region"
        aria-label="Changes"
        tabIndex={0}
        className="max-h-[46dvh] min-h-0 overflow-y-auto rounded-md border border-border bg-background p-3.5"
      >
        <ChangeList changes={changes} />
      </div>
      <Field label="Comment" optional hint="Kept with the version, for whoever reads the history.">
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            maxLength={COMMENT_LIMIT}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
            }}
          />
        )}
      </Field>
      <div role="alert">
        <FieldError message={failure ?? undefined} />
      </div>
      <DialogFooter>
        <Button variant="outline" onClick={onCancel} disabled={pending}>
          Keep editing
        </Button>
        <Button type="submit" loading={pending}>
          Save version {nextVersion}
        </Button>
      </DialogFooter>
    </form>
  );
}
