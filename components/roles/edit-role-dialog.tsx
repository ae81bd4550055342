'use client';

import { useState, type FormEvent } from 'react';
import { FormError } from '@/components/forms/form-error';
import { useTenant } from '@/components/shell/tenant-context';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
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
import { Label } from '@/components/ui/label';
import { toast } from '@/components/ui/toast';
import { ApiError } from '@/lib/client/api';
import { useUpdateRole } from '@/lib/client/roles';
import type { RoleView } from '@/lib/client/types';

type EditRoleDialogProps = { role: RoleView; open: boolean; onOpenChange: (open: boolean) => void };

export function EditRoleDialog({ role, open, onOpenChange }: EditRoleDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>Edit role</DialogTitle>
          <DialogDescription>The policy has its own editor.</DialogDescription>
        </DialogHeader>
        <EditRoleForm role={role} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function EditRoleForm({ role, onDone }: { role: RoleView; onDone: () => void }) {
  const { tenant } = useTenant();
  const [name, setName] = useState(role.name);
  const [description, setDescription] = useState(role.description);
  const [isDefault, setIsDefault] = useState(role.isDefault);
  const update = useUpdateRole(tenant.id, role.id);
  const fault = update.error instanceof ApiError ? update.error : null;

  function submit(event: FormEvent) {
    event.preventDefault();
    update.mutate(
      {
        name: name.trim(),
        description: description.trim(),
        ...(isDefault && !role.isDefault ? { isDefault } : {}),
      },
      {
        onSuccess: () => {
          toast.success('Role saved.');
          onDone();
        },
      },
    );
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <FormError error={update.error} fields={['name', 'description']} />
      <Field label="Name" error={fault?.issueAt('name')}>
        {(control) => (
          <Input
            {...control}
            value={name}
            onChange={(event) => setName(event.target.value)}
            maxLength={64}
            required
          />
        )}
      </Field>
      <Field label="Description" optional error={fault?.issueAt('description')}>
        {(control) => (
          <Input
            {...control}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
        )}
      </Field>
      <div className="flex items-start gap-2.5">
        <Checkbox
          id="role-default"
          className="mt-0.5"
          checked={isDefault}
          disabled={role.isDefault}
          onCheckedChange={(checked) => setIsDefault(checked === true)}
          aria-describedby="role-default-hint"
        />
        <div>
          <Label htmlFor="role-default">Default role of the tenant</Label>
          <p id="role-default-hint" className="text-xs text-muted-foreground">
            {role.isDefault
              ? 'To change it, make another role the default.'
              : 'Takes the place of the present default role. Keys keep their roles.'}
          </p>
        </div>
      </div>
      <DialogFooter>
        <Button variant="outline" onClick={onDone}>
          Cancel
        </Button>
        <Button type="submit" loading={update.isPending} disabled={!name.trim()}>
          Save
        </Button>
      </DialogFooter>
    </form>
  );
}
