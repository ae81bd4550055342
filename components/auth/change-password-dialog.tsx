'use client';

import { signOut } from 'next-auth/react';
import { useState, type FormEvent } from 'react';
import { FormError } from '@/components/forms/form-error';
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
import { useChangePassword } from '@/lib/client/account';
import { ApiError } from '@/lib/client/api';
import { NewPasswordFields } from './new-password-fields';

type ChangePasswordDialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

export function ChangePasswordDialog({ open, onOpenChange }: ChangePasswordDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>Change password</DialogTitle>
          <DialogDescription>
            You are signed out everywhere, here too, and sign in again with the new one.
          </DialogDescription>
        </DialogHeader>
        <ChangePasswordForm onCancel={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function ChangePasswordForm({ onCancel }: { onCancel: () => void }) {
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const change = useChangePassword();
  const fault = change.error instanceof ApiError ? change.error : null;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (password !== repeated) return;
    change.mutate(
      { currentPassword: current, newPassword: password },
      // The server has ended the session; this takes its cookie away too.
      { onSuccess: () => void signOut({ callbackUrl: '/signin' }) },
    );
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <FormError error={change.error} fields={['currentPassword', 'newPassword']} />
      <Field label="Current password" error={fault?.issueAt('currentPassword')}>
        {(control) => (
          <Input
            {...control}
            type="password"
            autoComplete="current-password"
            required
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
          />
        )}
      </Field>
      <NewPasswordFields
        password={password}
        repeated={repeated}
        fault={fault?.issueAt('newPassword')}
        onPassword={setPassword}
        onRepeated={setRepeated}
      />
      <DialogFooter>
        <Button variant="outline" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" loading={change.isPending} disabled={password !== repeated}>
          Change password
        </Button>
      </DialogFooter>
    </form>
  );
}
