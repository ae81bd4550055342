'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ModelCatalogue } from '@/components/providers/model-catalogue';
import { useTenant } from '@/components/shell/tenant-context';
import { Card } from '@/components/ui/card';
import { ErrorState } from '@/components/ui/error-state';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/table-skeleton';
import { providersQuery } from '@/lib/client/providers';
import { rolesQuery } from '@/lib/client/roles';
import type { NewKey } from '@/lib/client/types';
import { KeyStep } from './key-step';
import { ProviderStep } from './provider-step';
import { RequestStep } from './request-step';
import { RoleStep } from './role-step';

/** From nothing to a first answered request. */
export function WelcomePage({ catalogue }: { catalogue: ModelCatalogue }) {
  const { tenant } = useTenant();
  const providers = useQuery(providersQuery(tenant.id));
  const roles = useQuery(rolesQuery(tenant.id));
  const [chosenRole, setChosenRole] = useState('');
  const [created, setCreated] = useState<NewKey | null>(null);
  const [pasted, setPasted] = useState('');

  const role =
    roles.data?.find((entry) => entry.id === chosenRole) ??
    roles.data?.find((entry) => entry.isDefault) ??
    roles.data?.[0];
  const error = providers.error ?? roles.error;

  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        title="Get started"
        description={`Four steps from nothing to a first answered request in ${tenant.name}.`}
      />
      {error && (
        <Card>
          <ErrorState
            title="The tenant’s state could not be loaded"
            error={error}
            onRetry={() => {
              void providers.refetch();
              void roles.refetch();
            }}
          />
        </Card>
      )}
      {!error && (!providers.data || !roles.data) && <TableSkeleton label="Loading" />}
      {providers.data && roles.data && (
        <ol>
          <ProviderStep number={1} providers={providers.data} catalogue={catalogue} />
          <RoleStep
            number={2}
            roles={roles.data}
            role={role}
            onChoose={(id) => {
              setChosenRole(id);
              setCreated(null);
            }}
          />
          <KeyStep
            number={3}
            ready={providers.data.some((provider) => provider.enabled)}
            role={role}
            created={created}
            secret={created?.secret ?? pasted}
            onCreated={setCreated}
            onPaste={setPasted}
          />
          <RequestStep number={4} secret={created?.secret ?? pasted} />
        </ol>
      )}
    </div>
  );
}
