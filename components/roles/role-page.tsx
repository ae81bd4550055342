'use client';

import { useQuery } from '@tanstack/react-query';
import { ShieldX } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { TierBadge } from '@/components/shell/tier-badge';
import { useTenant } from '@/components/shell/tenant-context';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { ApiError } from '@/lib/client/api';
import { roleQuery, rolesQuery } from '@/lib/client/roles';
import type { RoleView } from '@/lib/client/types';
import { CreateRoleDialog } from './create-role-dialog';
import { DeleteRoleDialog } from './delete-role-dialog';
import { EditRoleDialog } from './edit-role-dialog';
import { PolicySummaryCard } from './policy-summary-card';
import { RoleActions } from './role-actions';
import { RoleKeysCard } from './role-keys-card';

export function RolePage({ roleId }: { roleId: string }) {
  const { tenant } = useTenant();
  const role = useQuery(roleQuery(tenant.id, roleId));
  if (role.isPending) return <RolePageSkeleton />;
  if (role.isError) {
    const gone = role.error instanceof ApiError && role.error.status === 404;
    return (
      <>
        <PageHeader title={gone ? 'Role not found' : 'Role'} />
        <Card>
          {gone ? (
            <EmptyState
              icon={ShieldX}
              title={`There is no such role in ${tenant.name}`}
              description="It may have been deleted, or it belongs to another tenant."
              action={
                <Button asChild>
                  <Link href="/roles">All roles</Link>
                </Button>
              }
            />
          ) : (
            <ErrorState
              title="The role could not be loaded"
              error={role.error}
              onRetry={() => void role.refetch()}
            />
          )}
        </Card>
      </>
    );
  }
  return <LoadedRolePage role={role.data} />;
}

function LoadedRolePage({ role }: { role: RoleView }) {
  const { tenant } = useTenant();
  const router = useRouter();
  const roles = useQuery(rolesQuery(tenant.id));
  const [dialog, setDialog] = useState<'edit' | 'duplicate' | 'delete' | null>(null);
  return (
    <>
      <PageHeader
        title={role.name}
        meta={
          <>
            {role.isDefault && <Badge>Default</Badge>}
            {role.tier && <TierBadge tier={role.tier} />}
          </>
        }
        description={
          <>
            {role.description && <span className="block">{role.description}</span>}
            {role.lastChange && (
              <span className="block text-xs">
                Last changed <Time at={role.lastChange.at} />
                {role.lastChange.by && ` by ${role.lastChange.by}`}
              </span>
            )}
          </>
        }
        actions={
          <RoleActions
            role={role}
            onEdit={() => setDialog('edit')}
            onDuplicate={() => setDialog('duplicate')}
            onDelete={() => setDialog('delete')}
          />
        }
      />
      <div className="flex flex-col gap-6">
        <PolicySummaryCard role={role} />
        <RoleKeysCard role={role} />
      </div>
      <EditRoleDialog
        role={role}
        open={dialog === 'edit'}
        onOpenChange={(open) => setDialog(open ? 'edit' : null)}
      />
      <CreateRoleDialog
        open={dialog === 'duplicate'}
        onOpenChange={(open) => setDialog(open ? 'duplicate' : null)}
        roles={roles.data ?? [role]}
        source={{ kind: 'role', id: role.id }}
      />
      <DeleteRoleDialog
        role={dialog === 'delete' ? role : null}
        onClose={() => setDialog(null)}
        onDeleted={() => router.push('/roles')}
      />
    </>
  );
}

function RolePageSkeleton() {
  return (
    <div role="status" aria-label="Loading role" className="flex flex-col gap-5">
      <Skeleton className="h-7 w-56" />
      <Skeleton className="h-64" />
      <Skeleton className="h-40" />
    </div>
  );
}
