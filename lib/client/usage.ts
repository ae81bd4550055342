import { queryOptions } from '@tanstack/react-query';
import { api, withQuery } from './api';
import { tenantPath } from './paths';
import { queryKeys } from './query-keys';
import type { UsageQuery, UsageRow } from './types';

/** Requests, tokens and cost over a time. */
export const usageQuery = (tenant: string, query: UsageQuery) =>
  queryOptions({
    queryKey: queryKeys.usage(tenant, query),
    queryFn: ({ signal }) =>
      api.get<{ items: UsageRow[] }>(withQuery(tenantPath(tenant, 'usage'), query), { signal }),
  });
