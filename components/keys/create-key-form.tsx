'use client';

import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { FormError } from '@/components/forms/form-error';
import { useTenant } from '@/components/shell/tenant-context';
import { Button } from '@/components/ui/button';
import { Combobox } from '@/components/ui/combobox';
import { DialogFooter } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { ApiError } from '@/lib/client/api';
import { useCreateKey } from '@/lib/client/keys';
import { rolesQuery } from '@/lib/client/roles';
import type { NewKey } from '@/lib/client/types';
import { expiryOf, type ExpiryChoice } from './expiry';
import { ExpiryField } from './expiry-field';

type CreateKeyFormProps = {
  /** Id of the role; without it the form asks. */
  roleId?: string;
  defaultName?: string;
  onCreated: (key: NewKey) => void;
  /** Beside the submit button. */
  cancel?: ReactNode;
  autoFocus?: boolean;
};

export function CreateKeyForm({
  roleId,
  defaultName = '',
  onCreated,
  cancel,
  autoFocus = false,
}: CreateKeyFormProps) {
  const { tenant } = useTenant();
  const roles = useQuery({ ...rolesQuery(tenant.id), enabled: roleId === undefined });
  const [name, setName] = useState(defaultName);
  const [chosen, setChosen] = useState('');
  const [expiry, setExpiry] = useState<ExpiryChoice>('never');
  const [date, setDate] = useState('');
  const create = useCreateKey(tenant.id);
  const fault = create.error instanceof ApiError ? create.error : null;
  const role = roleId ?? (chosen || (roles.data?.find((entry) => entry.isDefault)?.id ?? ''));

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
      <Field
        label="Name"
        hint="Says where the key is used, e.g. checkout service."
        error={fault?.issueAt('name')}
      >
        {(control) => (
          <Input
            {...control}
            value={name}
            onChange={(event) => setName(event.target.value)}
            maxLength={100}
            required
            autoFocus={autoFocus}
          />
        )}
      </Field>
      {roleId === undefined && (
        <Field label="Role" error={fault?.issueAt('role')}>
          {(control) => (
            <Combobox
              {...control}
              value={role}
              onChange={setChosen}
              options={(roles.data ?? []).map((entry) => ({
                value: entry.id,
                label: entry.name,
                hint: entry.isDefault ? 'default' : undefined,
              }))}
              searchPlaceholder="Search roles…"
            />
          )}
        </Field>
      )}
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
        {cancel}
        <Button type="submit" loading={create.isPending} disabled={!name.trim() || !role}>
          Create key
        </Button>
      </DialogFooter>
    </form>
  );
}
