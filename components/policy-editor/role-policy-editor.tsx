'use client';

import { useQuery } from '@tanstack/react-query';
import { useTenant } from '@/components/shell/tenant-context';
import { Card } from '@/components/ui/card';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { policyQuery } from '@/lib/client/policy';
import { roleQuery } from '@/lib/client/roles';
import { PolicyEditorForm } from './policy-editor-form';

/** Loads a role and its policy, and opens the editor on them. */
export function RolePolicyEditor({ roleId }: { roleId: string }) {
  const { tenant, canEdit } = useTenant();
  const role = useQuery(roleQuery(tenant.id, roleId));
  // The form starts from what is stored now, and is not pulled away under the user's hands later:
  // that another version came in is found out by the version check of the save.
  const policy = useQuery({
    ...policyQuery(tenant.id, roleId),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

  if (role.isError || policy.isError) {
    return (
      <ErrorState
        title="The policy could not be loaded"
        error={role.error ?? policy.error}
        onRetry={() => {
          void role.refetch();
          void policy.refetch();
        }}
      />
    );
  }
  if (role.isPending || policy.isPending) return <EditorSkeleton />;
  return (
    <PolicyEditorForm
      key={roleId}
      tenantId={tenant.id}
      roleId={roleId}
      roleName={role.data.name}
      readOnly={!canEdit}
      document={policy.data}
    />
  );
}

function EditorSkeleton() {
  return (
    <div role="status" aria-label="Loading the policy" className="flex flex-col gap-4">
      <Skeleton className="h-9 w-72 max-w-full" />
      <Skeleton className="h-10" />
      <Card className="flex flex-col gap-6 p-6">
        {Array.from({ length: 6 }, (_, index) => (
          <div key={index} className="flex gap-8">
            <Skeleton className="h-8 w-48" />
            <Skeleton className="h-8 flex-1" />
          </div>
        ))}
      </Card>
    </div>
  );
}
