'use client';

import { useQuery } from '@tanstack/react-query';
import { IdCard, Plus } from 'lucide-react';
import { useState } from 'react';
import { EditGuard } from '@/components/shell/edit-guard';
import { useTenant } from '@/components/shell/tenant-context';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/table-skeleton';
import { SetupBanner } from '@/components/welcome/setup-banner';
import { rolesQuery } from '@/lib/client/roles';
import type { RoleSource, RoleView } from '@/lib/client/types';
import { CreateRoleDialog } from './create-role-dialog';
import { DeleteRoleDialog } from './delete-role-dialog';
import { RolesTable } from './roles-table';

export function RolesPage() {
  const { tenant } = useTenant();
  const roles = useQuery(rolesQuery(tenant.id));
  const [creating, setCreating] = useState<{ source?: RoleSource } | null>(null);
  const [deleting, setDeleting] = useState<RoleView | null>(null);

  const newRole = (
    <EditGuard>
      {(disabled) => (
        <Button disabled={disabled} onClick={() => setCreating({})}>
          <Plus /> New role
        </Button>
      )}
    </EditGuard>
  );

  return (
    <>
      <PageHeader
        title="Roles"
        description="A role is a policy of eight sections, and the API keys that obey it."
        actions={newRole}
      />
      <SetupBanner />
      {roles.isPending && <TableSkeleton label="Loading roles" />}
      {roles.isError && (
        <Card>
          <ErrorState
            title="The roles could not be loaded"
            error={roles.error}
            onRetry={() => void roles.refetch()}
          />
        </Card>
      )}
      {roles.data?.length === 0 && (
        <Card>
          <EmptyState
            icon={IdCard}
            title="No roles yet"
            description="Create a role from a tier’s defaults, then give it an API key."
            action={newRole}
          />
        </Card>
      )}
      {roles.data && roles.data.length > 0 && (
        <RolesTable
          roles={roles.data}
          onDuplicate={(role) => setCreating({ source: { kind: 'role', id: role.id } })}
          onDelete={setDeleting}
        />
      )}
      <CreateRoleDialog
        open={creating !== null}
        onOpenChange={(open) => !open && setCreating(null)}
        roles={roles.data ?? []}
        source={creating?.source}
      />
      <DeleteRoleDialog role={deleting} onClose={() => setDeleting(null)} />
    </>
  );
}
