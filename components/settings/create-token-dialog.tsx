'use client';

import { useState, type FormEvent } from 'react';
import { FormError } from '@/components/forms/form-error';
import { expiryOf, type ExpiryChoice } from '@/components/keys/expiry';
import { ExpiryField } from '@/components/keys/expiry-field';
import { useTenant } from '@/components/shell/tenant-context';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { ApiError } from '@/lib/client/api';
import { useCreateToken } from '@/lib/client/members';
import type { MembershipRole, NewToken } from '@/lib/client/types';
import { MembershipSelect } from './membership-select';

type CreateTokenDialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

export function CreateTokenDialog({ open, onOpenChange }: CreateTokenDialogProps) {
  const [created, setCreated] = useState<NewToken | null>(null);

  function close() {
    setCreated(null);
    onOpenChange(false);
  }

  return (
    <Dialog open={open} onOpenChange={(next) => (next ? onOpenChange(true) : close())}>
      <DialogContent onInteractOutside={(event) => created && event.preventDefault()}>
        <DialogHeader>
          <DialogTitle>
            {created ? `Token ${created.name} is ready` : 'New admin token'}
          </DialogTitle>
          <DialogDescription>
            {created
              ? 'Send it as Authorization: Bearer to the admin API.'
              : 'It carries this tenant and the rights you give it.'}
          </DialogDescription>
        </DialogHeader>
        {created ? (
          <>
            <Notice variant="warning">
              Copy the token now. Only its hash is stored, so it cannot be shown again.
            </Notice>
            <CodeBlock code={created.secret} label="admin token" />
            <DialogFooter>
              <Button onClick={close}>Done</Button>
            </DialogFooter>
          </>
        ) : (
          <CreateTokenForm onCreated={setCreated} onCancel={close} />
        )}
      </DialogContent>
    </Dialog>
  );
}

type CreateTokenFormProps = { onCreated: (token: NewToken) => void; onCancel: () => void };

function CreateTokenForm({ onCreated, onCancel }: CreateTokenFormProps) {
  const { tenant } = useTenant();
  const [name, setName] = useState('');
  const [role, setRole] = useState<MembershipRole>('editor');
  const [expiry, setExpiry] = useState<ExpiryChoice>('90');
  const [date, setDate] = useState('');
  const create = useCreateToken(tenant.id);
  const fault = create.error instanceof ApiError ? create.error : null;

  function submit(event: FormEvent) {
    event.preventDefault();
    const expiresAt = expiryOf(expiry, date, new Date());
    create.mutate(
      { name: name.trim(), role, ...(expiresAt ? { expiresAt } : {}) },
      { onSuccess: onCreated },
    );
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <FormError error={create.error} fields={['name', 'role', 'expiresAt']} />
      <Field label="Name" error={fault?.issueAt('name')}>
        {(control) => (
          <Input
            {...control}
            required
            autoFocus
            maxLength={100}
            placeholder="Deployment pipeline"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label="Rights" error={fault?.issueAt('role')}>
        {(control) => <MembershipSelect {...control} value={role} onChange={setRole} />}
      </Field>
      <ExpiryField
        choice={expiry}
        date={date}
        error={fault?.issueAt('expiresAt')}
        onChange={(nextChoice, nextDate) => {
          setExpiry(nextChoice);
          setDate(nextDate);
        }}
      />
      <DialogFooter>
        <Button variant="outline" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" loading={create.isPending} disabled={!name.trim()}>
          Create token
        </Button>
      </DialogFooter>
    </form>
  );
}
