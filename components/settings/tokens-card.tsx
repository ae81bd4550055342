'use client';

import { useQuery } from '@tanstack/react-query';
import { KeySquare, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/forms/confirm-dialog';
import { EditGuard } from '@/components/shell/edit-guard';
import { useTenant } from '@/components/shell/tenant-context';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card, CardDescription, CardHeader, CardTitle } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { DateOnly, Time } from '@/components/ui/time';
import { toast } from '@/components/ui/toast';
import { tokensQuery, useDeleteToken } from '@/lib/client/members';
import type { TokenView } from '@/lib/client/types';
import { CreateTokenDialog } from './create-token-dialog';

export function TokensCard() {
  const { tenant, canManage } = useTenant();
  // Only owners may see them.
  const tokens = useQuery({ ...tokensQuery(tenant.id), enabled: canManage });
  const remove = useDeleteToken(tenant.id);
  const [creating, setCreating] = useState(false);
  const [deleting, setDeleting] = useState<TokenView | null>(null);
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>Admin tokens</CardTitle>
          <CardDescription>
            For scripts that call the admin API. They do not work at the gateway.
          </CardDescription>
        </div>
        <EditGuard owner>
          {(disabled) => (
            <Button variant="outline" disabled={disabled} onClick={() => setCreating(true)}>
              <Plus /> New token
            </Button>
          )}
        </EditGuard>
      </CardHeader>
      {!canManage && (
        <p className="p-4 text-sm text-muted-foreground">Only owners see admin tokens.</p>
      )}
      {canManage && tokens.isPending && (
        <div role="status" aria-label="Loading admin tokens" className="p-4">
          <Skeleton className="h-8" />
        </div>
      )}
      {tokens.isError && (
        <ErrorState
          title="The admin tokens could not be loaded"
          error={tokens.error}
          onRetry={() => void tokens.refetch()}
        />
      )}
      {tokens.data?.length === 0 && (
        <EmptyState
          icon={KeySquare}
          title="No admin tokens"
          description="Create one to manage this tenant from a script or a pipeline."
        />
      )}
      <ul className="divide-y divide-border">
        {tokens.data?.map((token) => (
          <li key={token.id} className="flex items-center gap-3 px-4 py-2.5">
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
                <span className="truncate">{token.name}</span>
                <Badge variant="secondary">{token.role}</Badge>
                {token.expiresAt && new Date(token.expiresAt) < new Date() && (
                  <Badge variant="outline">Expired</Badge>
                )}
              </p>
              <p className="text-xs text-muted-foreground">
                <span className="font-mono">{token.prefix}…</span>
                {' · '}
                {token.lastUsedAt ? (
                  <>
                    used <Time at={token.lastUsedAt} />
                  </>
                ) : (
                  'never used'
                )}
                {token.expiresAt && (
                  <>
                    {' · '}expires <DateOnly at={token.expiresAt} />
                  </>
                )}
              </p>
            </div>
            <Button
              variant="ghost"
              size="icon"
              aria-label={`Delete token ${token.name}`}
              className="text-muted-foreground"
              onClick={() => setDeleting(token)}
            >
              <Trash2 />
            </Button>
          </li>
        ))}
      </ul>
      <CreateTokenDialog open={creating} onOpenChange={setCreating} />
      {deleting && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setDeleting(null)}
          title={`Delete token ${deleting.name}?`}
          description="Scripts that use it are refused at once."
          action="Delete token"
          onConfirm={async () => {
            await remove.mutateAsync(deleting.id);
            toast.success(`Token ${deleting.name} deleted.`);
          }}
        />
      )}
    </Card>
  );
}
