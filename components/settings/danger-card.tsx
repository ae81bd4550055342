'use client';

import { useState } from 'react';
import { ConfirmDialog } from '@/components/forms/confirm-dialog';
import { EditGuard } from '@/components/shell/edit-guard';
import { useTenant } from '@/components/shell/tenant-context';
import { Button } from '@/components/ui/button';
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card';
import { toast } from '@/components/ui/toast';
import { useDeleteTenant } from '@/lib/client/tenants';

export function DangerCard() {
  const { tenant } = useTenant();
  const [open, setOpen] = useState(false);
  const remove = useDeleteTenant(tenant.id);
  return (
    <Card>
      <CardHeader>
        <CardTitle>Delete tenant</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-wrap items-center justify-between gap-4">
        <p className="max-w-xl text-sm text-muted-foreground">
          Deletes its roles, policies, keys, provider connections, usage and request log. Requests
          with its keys are refused at once.
        </p>
        <EditGuard owner>
          {(disabled) => (
            <Button variant="destructive" disabled={disabled} onClick={() => setOpen(true)}>
              Delete tenant
            </Button>
          )}
        </EditGuard>
      </CardContent>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Delete tenant ${tenant.name}?`}
        description="Everything in it is gone for good. This cannot be undone."
        action="Delete tenant"
        typeToConfirm={tenant.slug}
        onConfirm={async () => {
          await remove.mutateAsync();
          toast.success(`Tenant ${tenant.name} deleted.`);
        }}
      />
    </Card>
  );
}
