'use client';

import { useState, type FormEvent } from 'react';
import { FormError } from '@/components/forms/form-error';
import { useTenant } from '@/components/shell/tenant-context';
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
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import { ApiError } from '@/lib/client/api';
import { useAddMember } from '@/lib/client/members';
import type { MembershipRole, NewMember } from '@/lib/client/types';
import { InvitationNotice } from './invitation-notice';
import { MembershipSelect } from './membership-select';

type AddMemberDialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

export function AddMemberDialog({ open, onOpenChange }: AddMemberDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent>
        <AddMember onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function AddMember({ onDone }: { onDone: () => void }) {
  const { tenant } = useTenant();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<MembershipRole>('editor');
  const [added, setAdded] = useState<NewMember | null>(null);
  const add = useAddMember(tenant.id);
  const fault = add.error instanceof ApiError ? add.error : null;

  function submit(event: FormEvent) {
    event.preventDefault();
    add.mutate(
      { email: email.trim(), role },
      {
        onSuccess: (member) => {
          if (member.invite) setAdded(member);
          else {
            toast.success(`${member.email} is a member.`);
            onDone();
          }
        },
      },
    );
  }

  if (added?.invite) {
    return (
      <>
        <DialogHeader>
          <DialogTitle>Invite {added.email}</DialogTitle>
          <DialogDescription>
            They are a member now. This link lets them set a password.
          </DialogDescription>
        </DialogHeader>
        <InvitationNotice invitation={added.invite} />
        <DialogFooter>
          <Button onClick={onDone}>Done</Button>
        </DialogFooter>
      </>
    );
  }
  return (
    <>
      <DialogHeader>
        <DialogTitle>Add member</DialogTitle>
        <DialogDescription>
          A person who is new to Rolegate gets a link to set a password.
        </DialogDescription>
      </DialogHeader>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <FormError error={add.error} fields={['email', 'role']} />
        <Field label="E-mail" error={fault?.issueAt('email')}>
          {(control) => (
            <Input
              {...control}
              type="email"
              required
              autoFocus
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
        <Field label="Rights" error={fault?.issueAt('role')}>
          {(control) => <MembershipSelect {...control} value={role} onChange={setRole} />}
        </Field>
        <DialogFooter>
          <Button variant="outline" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={add.isPending}>
            Add member
          </Button>
        </DialogFooter>
      </form>
    </>
  );
}
