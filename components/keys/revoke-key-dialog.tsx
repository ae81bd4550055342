'use client';

import { ConfirmDialog } from '@/components/forms/confirm-dialog';
import { useTenant } from '@/components/shell/tenant-context';
import { toast } from '@/components/ui/toast';
import { useRevokeKey } from '@/lib/client/keys';
import type { KeyView } from '@/lib/client/types';

type RevokeKeyDialogProps = { apiKey: KeyView | null; onClose: () => void };

export function RevokeKeyDialog({ apiKey, onClose }: RevokeKeyDialogProps) {
  const { tenant } = useTenant();
  const revoke = useRevokeKey(tenant.id);
  if (!apiKey) return null;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Revoke key ${apiKey.name}?`}
      description="Within one second every request with this key is refused. A revoked key cannot be revived."
      action="Revoke key"
      onConfirm={async () => {
        await revoke.mutateAsync(apiKey.id);
        toast.success(`Key ${apiKey.name} revoked.`);
      }}
    />
  );
}
