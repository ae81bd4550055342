'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { pricesQuery } from '@/lib/client/prices';
import { providersQuery } from '@/lib/client/providers';
import { useEditor } from '../editor-context';
import {
  modelSuggestions,
  providerSuggestions,
  wildcardSuggestions,
  type Suggestion,
} from './suggestions';

const NONE: readonly never[] = [];

/**
 * Models the tenant may mean. They are asked for when a field is first opened; a field without them
 * still takes any name, so a failed load is no fault.
 */
export function useModelSuggestions(wanted: boolean, wildcards = false): readonly Suggestion[] {
  const { tenantId } = useEditor();
  const providers = useQuery({ ...providersQuery(tenantId), enabled: wanted }).data ?? NONE;
  const prices = useQuery({ ...pricesQuery(tenantId), enabled: wanted }).data?.items ?? NONE;
  return useMemo(
    () => [
      ...(wildcards ? wildcardSuggestions(providers) : []),
      ...modelSuggestions(providers, prices),
    ],
    [providers, prices, wildcards],
  );
}

/** Names of the tenant's provider connections. */
export function useProviderSuggestions(wanted: boolean): readonly Suggestion[] {
  const { tenantId } = useEditor();
  const providers = useQuery({ ...providersQuery(tenantId), enabled: wanted }).data ?? NONE;
  return useMemo(() => providerSuggestions(providers), [providers]);
}

/** What weights are given to: whole connections, then single models. */
export function useTargetSuggestions(wanted: boolean): readonly Suggestion[] {
  const providers = useProviderSuggestions(wanted);
  const models = useModelSuggestions(wanted);
  return useMemo(
    () => [...providers, ...models.map((model) => ({ ...model, group: 'Models' }))],
    [providers, models],
  );
}
