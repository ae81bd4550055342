import { queryOptions } from '@tanstack/react-query';
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
