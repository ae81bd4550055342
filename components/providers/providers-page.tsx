'use client';

import { useQuery } from '@tanstack/react-query';
import { Plug, Plus } from 'lucide-react';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/forms/confirm-dialog';
import { EditGuard } from '@/components/shell/edit-guard';
import { useTenant } from '@/components/shell/tenant-context';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/table-skeleton';
import { toast } from '@/components/ui/toast';
import { providersQuery, useDeleteProvider } from '@/lib/client/providers';
import type { ProviderView } from '@/lib/client/types';
import type { ModelCatalogue } from './model-catalogue';
import { ProviderCard } from './provider-card';
import { ProviderSheet } from './provider-sheet';

export function ProvidersPage({ catalogue }: { catalogue: ModelCatalogue }) {
  const { tenant } = useTenant();
  const providers = useQuery(providersQuery(tenant.id));
  const remove = useDeleteProvider(tenant.id);
  const [sheet, setSheet] = useState<{ provider?: ProviderView } | null>(null);
  const [deleting, setDeleting] = useState<ProviderView | null>(null);

  const connect = (
    <EditGuard>
      {(disabled) => (
        <Button disabled={disabled} onClick={() => setSheet({})}>
          <Plus /> Connect provider
        </Button>
      )}
    </EditGuard>
  );

  return (
    <>
      <PageHeader
        title="Providers"
        description="Connections to the upstreams this tenant’s requests go to. Keys are stored encrypted and never shown."
        actions={connect}
      />
      {providers.isPending && <TableSkeleton label="Loading providers" rows={3} />}
      {providers.isError && (
        <Card>
          <ErrorState
            title="The providers could not be loaded"
            error={providers.error}
            onRetry={() => void providers.refetch()}
          />
        </Card>
      )}
      {providers.data?.length === 0 && (
        <Card>
          <EmptyState
            icon={Plug}
            title="No provider connected"
            description="Connect one with its API key, or the built-in sandbox to try things out."
            action={connect}
          />
        </Card>
      )}
      {providers.data && providers.data.length > 0 && (
        <Card>
          <ul className="divide-y divide-border">
            {providers.data.map((provider) => (
              <ProviderCard
                key={provider.id}
                provider={provider}
                catalogueCount={catalogue[provider.kind].length}
                onEdit={() => setSheet({ provider })}
                onDelete={() => setDeleting(provider)}
              />
            ))}
          </ul>
        </Card>
      )}
      <ProviderSheet
        open={sheet !== null}
        onOpenChange={(open) => !open && setSheet(null)}
        provider={sheet?.provider}
        takenNames={providers.data?.map((provider) => provider.name) ?? []}
        catalogue={catalogue}
        onSaved={(saved) => {
          toast.success(`${saved.name} ${sheet?.provider ? 'saved' : 'connected'}.`);
          setSheet(null);
        }}
      />
      {deleting && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setDeleting(null)}
          title={`Delete connection ${deleting.name}?`}
          description={`Requests that name ${deleting.name}/… are refused from then on, and policies that name it skip it. Its stored key is erased.`}
          action="Delete connection"
          onConfirm={async () => {
            await remove.mutateAsync(deleting.id);
            toast.success(`Connection ${deleting.name} deleted.`);
          }}
        />
      )}
    </>
  );
}
