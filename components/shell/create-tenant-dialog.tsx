'use client';

import { useState, type FormEvent } from 'react';
import { FormError } from '@/components/forms/form-error';
import { Button } from '@/components/ui/button';
import { Combobox } from '@/components/ui/combobox';
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
import { useCreateTenant } from '@/lib/client/tenants';
import type { Tier } from '@/lib/client/types';
import { TierSelect } from './tier-select';
import { localTimezone, slugify, timezones } from './slug';

type CreateTenantDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onCreated: (id: string) => void;
};

export function CreateTenantDialog({ open, onOpenChange, onCreated }: CreateTenantDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>New tenant</DialogTitle>
          <DialogDescription>
            A tenant has its own roles, keys, provider connections and members. Nothing is shared
            with other tenants.
          </DialogDescription>
        </DialogHeader>
        <CreateTenantForm
          onCancel={() => onOpenChange(false)}
          onCreated={(id) => {
            onOpenChange(false);
            onCreated(id);
          }}
        />
      </DialogContent>
    </Dialog>
  );
}

type CreateTenantFormProps = { onCancel?: () => void; onCreated: (id: string) => void };

/** Also the whole page for a user who is a member of no tenant yet. */
export function CreateTenantForm({ onCancel, onCreated }: CreateTenantFormProps) {
  const [name, setName] = useState('');
  const [slug, setSlug] = useState<string | null>(null);
  const [tier, setTier] = useState<Tier>('free');
  const [timezone, setTimezone] = useState(localTimezone);
  const create = useCreateTenant();
  const fault = create.error instanceof ApiError ? create.error : null;

  function submit(event: FormEvent) {
    event.preventDefault();
    create.mutate(
      { name: name.trim(), slug: slug ?? slugify(name), tier, timezone },
      {
        onSuccess: (tenant) => {
          toast.success(`Tenant ${tenant.name} is ready.`);
          onCreated(tenant.id);
        },
      },
    );
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <FormError error={create.error} fields={['name', 'slug', 'tier', 'timezone']} />
      <Field label="Name" error={fault?.issueAt('name')}>
        {(control) => (
          <Input
            {...control}
            value={name}
            onChange={(event) => setName(event.target.value)}
            placeholder="Acme"
            autoFocus
            required
          />
        )}
      </Field>
      <Field label="Slug" hint="Names the tenant in API paths." error={fault?.issueAt('slug')}>
        {(control) => (
          <Input
            {...control}
            className="font-mono"
            value={slug ?? slugify(name)}
            onChange={(event) => setSlug(event.target.value)}
            required
          />
        )}
      </Field>
      <Field
        label="Tier"
        hint="Decides the default role’s policy. Every part of it can be changed later."
        error={fault?.issueAt('tier')}
      >
        {(control) => <TierSelect {...control} value={tier} onChange={setTier} />}
      </Field>
      <Field
        label="Time zone"
        hint="Budget days, weeks and months begin at its midnight."
        error={fault?.issueAt('timezone')}
      >
        {(control) => (
          <Combobox
            {...control}
            value={timezone}
            onChange={setTimezone}
            options={timezones().map((zone) => ({ value: zone }))}
            searchPlaceholder="Search time zones…"
          />
        )}
      </Field>
      <DialogFooter>
        {onCancel && (
          <Button variant="outline" onClick={onCancel}>
            Cancel
          </Button>
        )}
        <Button type="submit" loading={create.isPending} disabled={!name.trim()}>
          Create tenant
        </Button>
      </DialogFooter>
    </form>
  );
}
