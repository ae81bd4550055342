'use client';

import { useState, type FormEvent, type ReactNode } from 'react';
import { FormError } from '@/components/forms/form-error';
import { useTenant } from '@/components/shell/tenant-context';
import { Button } from '@/components/ui/button';
import { ChipInput } from '@/components/ui/chip-input';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { ApiError } from '@/lib/client/api';
import { useCreateProvider, useUpdateProvider } from '@/lib/client/providers';
import type { ProviderView } from '@/lib/client/types';
import type { ProviderKind } from '@/lib/gateway/types';
import { asksForBaseUrl, KINDS } from './kinds';
import type { ModelCatalogue } from './model-catalogue';
import { freeName } from './provider-name';

type ProviderFormProps = {
  kind: ProviderKind;
  /** The connection that is edited; without it a new one is made. */
  provider?: ProviderView;
  /** Names that are taken in the tenant. */
  takenNames: readonly string[];
  catalogue: ModelCatalogue;
  onSaved: (provider: ProviderView) => void;
  submitLabel: string;
  cancel?: ReactNode;
};

const FIELDS = ['name', 'baseUrl', 'apiKey'];

/** The fields that fit the kind. A stored credential is never shown; leaving the field empty keeps it. */
export function ProviderForm({
  kind,
  provider,
  takenNames,
  catalogue,
  onSaved,
  submitLabel,
  cancel,
}: ProviderFormProps) {
  const { tenant } = useTenant();
  const info = KINDS[kind];
  const [name, setName] = useState(provider?.name ?? freeName(kind, takenNames));
  const [baseUrl, setBaseUrl] = useState(provider?.baseUrl ?? '');
  const [apiKey, setApiKey] = useState('');
  const [models, setModels] = useState<readonly string[]>(provider?.models ?? []);
  const create = useCreateProvider(tenant.id);
  const update = useUpdateProvider(tenant.id);
  const mutation = provider ? update : create;
  const fault = mutation.error instanceof ApiError ? mutation.error : null;
  const modelsFault = fault?.issues.find((issue) => issue.path.startsWith('models'))?.message;
  const credentialNeeded = info.credential.need === 'required' && !provider?.hasCredential;

  function submit(event: FormEvent) {
    event.preventDefault();
    const input = {
      name: name.trim(),
      baseUrl: baseUrl.trim() || null,
      models: [...models],
      ...(apiKey ? { apiKey } : {}),
    };
    if (provider) update.mutate({ id: provider.id, ...input }, { onSuccess: onSaved });
    else create.mutate({ kind, enabled: true, ...input }, { onSuccess: onSaved });
  }

  return (
    <form onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-5 py-4">
        <FormError error={mutation.error} fields={[...FIELDS, 'models']} />
        {info.credential.need !== 'none' && (
          <Field
            label={info.credential.label}
            optional={info.credential.need === 'optional'}
            hint={
              provider?.hasCredential
                ? `Stored encrypted (${provider.credentialHint || 'set'}). Leave empty to keep it.`
                : info.credential.hint
            }
            error={fault?.issueAt('apiKey')}
          >
            {(control) => (
              <Input
                {...control}
                type="password"
                className="font-mono"
                autoComplete="off"
                data-1p-ignore
                value={apiKey}
                placeholder={provider?.hasCredential ? '••••••••••••' : undefined}
                required={credentialNeeded}
                autoFocus={!provider}
                onChange={(event) => setApiKey(event.target.value)}
              />
            )}
          </Field>
        )}
        {asksForBaseUrl(kind) && (
          <Field
            label="Base URL"
            optional={info.baseUrl.need === 'optional'}
            hint={info.baseUrl.hint}
            error={fault?.issueAt('baseUrl')}
          >
            {(control) => (
              <Input
                {...control}
                type="url"
                className="font-mono"
                spellCheck={false}
                value={baseUrl}
                placeholder={info.baseUrl.placeholder}
                required={info.baseUrl.need === 'required'}
                onChange={(event) => setBaseUrl(event.target.value)}
              />
            )}
          </Field>
        )}
        <Field
          label="Name"
          hint={
            <>
              The provider of <span className="font-mono">{name || kind}/model</span> in requests
              and policies.
            </>
          }
          error={fault?.issueAt('name')}
        >
          {(control) => (
            <Input
              {...control}
              className="font-mono"
              spellCheck={false}
              value={name}
              onChange={(event) => setName(event.target.value.toLowerCase())}
              pattern="[a-z0-9][a-z0-9._\-]*"
              title="Lower-case letters, digits, dots and hyphens"
              maxLength={64}
              required
            />
          )}
        </Field>
        <Field
          label="Models"
          optional
          hint={
            info.modelsHint ??
            'Which models this connection serves. Empty: every model the catalogue knows of it.'
          }
          error={modelsFault}
        >
          {(control) => (
            <ChipInput
              {...control}
              noun="model"
              value={models}
              onChange={setModels}
              suggestions={catalogue[kind]}
              placeholder={catalogue[kind][0] ? `e.g. ${catalogue[kind][0]}` : undefined}
            />
          )}
        </Field>
      </div>
      <div className="flex flex-col-reverse gap-2 border-t border-border px-5 py-3 sm:flex-row sm:justify-end">
        {cancel}
        <Button type="submit" loading={mutation.isPending}>
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}
