'use client';

import { FlaskConical, Plug } from 'lucide-react';
import { useState } from 'react';
import type { ModelCatalogue } from '@/components/providers/model-catalogue';
import { freeName } from '@/components/providers/provider-name';
import { ProviderSheet } from '@/components/providers/provider-sheet';
import { FormError } from '@/components/forms/form-error';
import { EditGuard } from '@/components/shell/edit-guard';
import { useTenant } from '@/components/shell/tenant-context';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { useCreateProvider } from '@/lib/client/providers';
import type { ProviderView } from '@/lib/client/types';
import { Step } from './step';

type ProviderStepProps = {
  number: number;
  providers: readonly ProviderView[];
  catalogue: ModelCatalogue;
};

export function ProviderStep({ number, providers, catalogue }: ProviderStepProps) {
  const { tenant } = useTenant();
  const [open, setOpen] = useState(false);
  const create = useCreateProvider(tenant.id);
  const enabled = providers.filter((provider) => provider.enabled);
  const names = providers.map((provider) => provider.name);
  const done = enabled.length > 0;

  function connectSandbox() {
    create.mutate(
      { kind: 'sandbox', name: freeName('sandbox', names), models: [], enabled: true },
      { onSuccess: (saved) => toast.success(`${saved.name} connected.`) },
    );
  }

  return (
    <Step
      number={number}
      title="Connect a provider"
      state={done ? 'done' : 'current'}
      summary={
        done
          ? `Connected: ${enabled.map((provider) => provider.name).join(', ')}`
          : 'Where requests go. The sandbox is a simulator built into Rolegate: it answers at once, without an account.'
      }
    >
      <FormError error={create.error} />
      <div className="flex flex-wrap gap-2">
        {!enabled.some((provider) => provider.kind === 'sandbox') && (
          <EditGuard>
            {(disabled) => (
              <Button
                variant={done ? 'outline' : 'default'}
                disabled={disabled}
                loading={create.isPending}
                onClick={connectSandbox}
              >
                <FlaskConical /> Use the sandbox
              </Button>
            )}
          </EditGuard>
        )}
        <EditGuard>
          {(disabled) => (
            <Button variant="outline" disabled={disabled} onClick={() => setOpen(true)}>
              <Plug /> {done ? 'Connect another' : 'Connect a provider'}
            </Button>
          )}
        </EditGuard>
      </div>
      <ProviderSheet
        open={open}
        onOpenChange={setOpen}
        takenNames={names}
        catalogue={catalogue}
        onSaved={(saved) => {
          toast.success(`${saved.name} connected.`);
          setOpen(false);
        }}
      />
    </Step>
  );
}
