'use client';

import { useRouter } from 'next/navigation';
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
import { useCreateRole } from '@/lib/client/roles';
import type { RoleSource, RoleView } from '@/lib/client/types';
import { RoleSourceSelect } from './role-source-select';

type CreateRoleDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  roles: readonly RoleView[];
  /** Preselected origin of the policy; default is the tenant's tier. */
  source?: RoleSource;
  /** Instead of going to the new role's page. */
  onCreated?: (role: RoleView) => void;
};

export function CreateRoleDialog({
  open,
  onOpenChange,
  roles,
  source,
  onCreated,
}: CreateRoleDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>New role</DialogTitle>
          <DialogDescription>
            A role is a policy with API keys. Every request made with one of its keys obeys it.
          </DialogDescription>
        </DialogHeader>
        <CreateRoleForm
          roles={roles}
          source={source}
          onCreated={onCreated}
          onCancel={() => onOpenChange(false)}
        />
      </DialogContent>
    </Dialog>
  );
}

type CreateRoleFormProps = Pick<CreateRoleDialogProps, 'roles' | 'source' | 'onCreated'> & {
  onCancel: () => void;
};

function CreateRoleForm({
  roles,
  source: initialSource,
  onCreated,
  onCancel,
}: CreateRoleFormProps) {
  const { tenant } = useTenant();
  const router = useRouter();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [source, setSource] = useState<RoleSource>(
    initialSource ?? { kind: 'tier', tier: tenant.tier },
  );
  const create = useCreateRole(tenant.id);
  const fault = create.error instanceof ApiError ? create.error : null;

  function submit(event: FormEvent) {
    event.preventDefault();
    create.mutate(
      { name: name.trim(), description: description.trim(), source },
      {
        onSuccess: (role) => {
          toast.success(`Role ${role.name} created.`);
          if (onCreated) onCreated(role);
          else router.push(`/roles/${role.id}`);
        },
      },
    );
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <FormError error={create.error} fields={['name', 'description']} />
      <Field label="Name" error={fault?.issueAt('name')}>
        {(control) => (
          <Input
            {...control}
            value={name}
            onChange={(event) => setName(event.target.value)}
            placeholder="production-api-user"
            maxLength={64}
            required
            autoFocus
          />
        )}
      </Field>
      <Field label="Description" optional error={fault?.issueAt('description')}>
        {(control) => (
          <Input
            {...control}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
            placeholder="What this role is for"
          />
        )}
      </Field>
      <Field label="Policy starts as">
        {(control) => (
          <RoleSourceSelect {...control} value={source} onChange={setSource} roles={roles} />
        )}
      </Field>
      <DialogFooter>
        <Button variant="outline" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" loading={create.isPending} disabled={!name.trim()}>
          Create role
        </Button>
      </DialogFooter>
    </form>
  );
}
