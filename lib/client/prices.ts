import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from './api';
import { tenantPath } from './paths';
import { queryKeys } from './query-keys';
import type { PriceView } from './types';

/** The catalogue with the tenant's own prices over it: also the source of model suggestions. */
export const pricesQuery = (tenant: string) =>
  queryOptions({
    queryKey: queryKeys.prices(tenant),
    queryFn: ({ signal }) =>
      api.get<{ items: PriceView[] }>(tenantPath(tenant, 'prices'), { signal }),
    staleTime: 5 * 60_000,
  });

export type TenantPrice = Omit<PriceView, 'source'>;

/** Replaces the tenant's own prices. */
export function useReplacePrices(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (items: TenantPrice[]) =>
      api.put<{ items: PriceView[] }>(tenantPath(tenant, 'prices'), { items }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.prices(tenant) }),
  });
}
