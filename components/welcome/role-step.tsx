'use client';

import { Plus } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { CreateRoleDialog } from '@/components/roles/create-role-dialog';
import { SectionIcons } from '@/components/roles/section-icons';
import { EditGuard } from '@/components/shell/edit-guard';
import { useTenant } from '@/components/shell/tenant-context';
import { Button } from '@/components/ui/button';
import { Combobox } from '@/components/ui/combobox';
import type { RoleView } from '@/lib/client/types';
import { Step } from './step';

type RoleStepProps = {
  number: number;
  roles: readonly RoleView[];
  role: RoleView | undefined;
  onChoose: (id: string) => void;
};

export function RoleStep({ number, roles, role, onChoose }: RoleStepProps) {
  const { tenant } = useTenant();
  const [creating, setCreating] = useState(false);
  return (
    <Step
      number={number}
      title="Choose a role, or create one from a tier"
      state={role ? 'done' : 'current'}
      summary={
        role ? (
          <>
            Keys of <span className="font-medium text-foreground">{role.name}</span> obey its
            policy.{' '}
            <Link
              href={`/roles/${role.id}/policy`}
              className="text-accent underline underline-offset-2"
            >
              Look at the policy
            </Link>
          </>
        ) : (
          'A role is a policy: limits, models, caching, routing, budget.'
        )
      }
    >
      <div className="flex flex-wrap items-center gap-2">
        {roles.length > 0 && (
          <Combobox
            aria-label="Role"
            className="w-56"
            value={role?.id ?? ''}
            onChange={onChoose}
            options={roles.map((entry) => ({
              value: entry.id,
              label: entry.name,
              hint: entry.isDefault ? 'default' : undefined,
            }))}
            searchPlaceholder="Search roles…"
          />
        )}
        <EditGuard>
          {(disabled) => (
            <Button
              variant={roles.length > 0 ? 'outline' : 'default'}
              disabled={disabled}
              onClick={() => setCreating(true)}
            >
              <Plus /> New role
            </Button>
          )}
        </EditGuard>
      </div>
      {role && <SectionIcons sections={role.sections} />}
      <CreateRoleDialog
        open={creating}
        onOpenChange={setCreating}
        roles={roles}
        source={{ kind: 'tier', tier: tenant.tier }}
        onCreated={(created) => {
          setCreating(false);
          onChoose(created.id);
        }}
      />
    </Step>
  );
}
