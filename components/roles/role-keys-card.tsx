'use client';

import { useQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { CreateKeyDialog } from '@/components/keys/create-key-dialog';
import { KeysTable } from '@/components/keys/keys-table';
import { RevokeKeyDialog } from '@/components/keys/revoke-key-dialog';
import { EditGuard } from '@/components/shell/edit-guard';
import { useTenant } from '@/components/shell/tenant-context';
import { Button } from '@/components/ui/button';
import { Card, CardHeader, CardTitle } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { keysQuery } from '@/lib/client/keys';
import type { KeyView, RoleView } from '@/lib/client/types';

export function RoleKeysCard({ role }: { role: RoleView }) {
  const { tenant } = useTenant();
  const keys = useQuery(keysQuery(tenant.id));
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<KeyView | null>(null);
  const own = keys.data?.filter((key) => key.role.id === role.id);

  const newKey = (
    <EditGuard>
      {(disabled) => (
        <Button
          variant={own?.length ? 'outline' : 'default'}
          disabled={disabled}
          onClick={() => setCreating(true)}
        >
          <Plus /> New key
        </Button>
      )}
    </EditGuard>
  );

  return (
    <Card>
      <CardHeader>
        <CardTitle>API keys</CardTitle>
        {own && own.length > 0 && newKey}
      </CardHeader>
      {keys.isPending && (
        <div role="status" aria-label="Loading API keys" className="flex flex-col gap-3 p-4">
          <Skeleton className="h-5" />
          <Skeleton className="h-5" />
        </div>
      )}
      {keys.isError && (
        <ErrorState
          title="The API keys could not be loaded"
          error={keys.error}
          onRetry={() => void keys.refetch()}
        />
      )}
      {own?.length === 0 && (
        <EmptyState
          icon={KeyRound}
          title="No API keys yet"
          description="Nothing can use this role until it has a key."
          action={newKey}
        />
      )}
      {own && own.length > 0 && <KeysTable keys={own} showRole={false} onRevoke={setRevoking} />}
      <CreateKeyDialog
        open={creating}
        onOpenChange={setCreating}
        role={{ id: role.id, name: role.name }}
      />
      <RevokeKeyDialog apiKey={revoking} onClose={() => setRevoking(null)} />
    </Card>
  );
}
