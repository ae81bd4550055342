'use client';

import { Eraser } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { FormError } from '@/components/forms/form-error';
import { EditGuard } from '@/components/shell/edit-guard';
import { Button } from '@/components/ui/button';
import {
  Dialog,
  DialogClose,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import { ApiError } from '@/lib/client/api';
import { usePurge } from '@/lib/client/cache';
import { useEditor } from '../editor-context';

/** Removes stored answers of the role: all of them, or those of a model or to certain questions. */
export function PurgeCache({ entries }: { entries: number }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <EditGuard>
        {(disabled) => (
          <Button
            variant="outline"
            size="sm"
            disabled={disabled || entries === 0}
            onClick={() => setOpen(true)}
          >
            <Eraser /> Purge …
          </Button>
        )}
      </EditGuard>
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogContent>
          <PurgeForm onDone={() => setOpen(false)} />
        </DialogContent>
      </Dialog>
    </>
  );
}

function PurgeForm({ onDone }: { onDone: () => void }) {
  const { tenantId, roleId } = useEditor();
  const purge = usePurge(tenantId, roleId);
  const [model, setModel] = useState('');
  const [pattern, setPattern] = useState('');
  const fault = purge.error instanceof ApiError ? purge.error : null;
  const isAll = model.trim() === '' && pattern === '';

  function submit(event: FormEvent) {
    event.preventDefault();
    // The dialog is inside the policy's form, which this is no part of.
    event.stopPropagation();
    purge.mutate(
      { model: model.trim(), pattern },
      {
        onSuccess: () => {
          toast.success(isAll ? 'The cache of this role is empty.' : 'Matching answers are gone.');
          onDone();
        },
      },
    );
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <DialogHeader>
        <DialogTitle>Purge stored answers</DialogTitle>
        <DialogDescription>
          Answers of this role leave the cache on every replica and are asked for anew. What you
          leave empty does not narrow it down.
        </DialogDescription>
      </DialogHeader>
      <FormError error={purge.error} fields={['model', 'pattern']} />
      <Field
        label="Model"
        optional
        hint="Who answered, or what was asked for; * is a wildcard."
        error={fault?.issueAt('model')}
      >
        {(control) => (
          <Input
            {...control}
            className="font-mono"
            placeholder="openai/*"
            value={model}
            onChange={(event) => setModel(event.target.value)}
          />
        )}
      </Field>
      <Field
        label="Question"
        optional
        hint="A regular expression in RE2 syntax, searched in the question."
        error={fault?.issueAt('pattern')}
      >
        {(control) => (
          <Input
            {...control}
            className="font-mono"
            placeholder="(?i)opening hours"
            value={pattern}
            onChange={(event) => setPattern(event.target.value)}
          />
        )}
      </Field>
      <DialogFooter>
        <DialogClose asChild>
          <Button type="button" variant="outline">
            Cancel
          </Button>
        </DialogClose>
        <Button type="submit" variant="destructive" loading={purge.isPending}>
          {isAll ? 'Purge all answers' : 'Purge matching answers'}
        </Button>
      </DialogFooter>
    </form>
  );
}
