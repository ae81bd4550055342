'use client';

import { ConfirmDialog } from '@/components/forms/confirm-dialog';
import { useTenant } from '@/components/shell/tenant-context';
import { toast } from '@/components/ui/toast';
import { useDeleteRole } from '@/lib/client/roles';
import type { RoleView } from '@/lib/client/types';

type DeleteRoleDialogProps = { role: RoleView | null; onClose: () => void; onDeleted?: () => void };

export function DeleteRoleDialog({ role, onClose, onDeleted }: DeleteRoleDialogProps) {
  const { tenant } = useTenant();
  const remove = useDeleteRole(tenant.id);
  if (!role) return null;
  const keys = role.keyCount === 1 ? 'its API key' : `its ${role.keyCount} API keys`;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Delete role ${role.name}?`}
      description={
        role.keyCount > 0
          ? `The policy, its history and ${keys} go with it. Requests with those keys are refused at once. This cannot be undone.`
          : 'The policy and its history go with it. This cannot be undone.'
      }
      action="Delete role"
      typeToConfirm={role.keyCount > 0 ? role.name : undefined}
      onConfirm={async () => {
        await remove.mutateAsync(role.id);
        toast.success(`Role ${role.name} deleted.`);
        onDeleted?.();
      }}
    />
  );
}
