import { queryOptions } from '@tanstack/react-query';
import { api, withQuery } from './api';
import { tenantPath } from './paths';
import { queryKeys } from './query-keys';
import type { BreakerView, BudgetView, UsageQuery, UsageRow } from './types';

export const usageQuery = (tenant: string, query: UsageQuery) =>
  queryOptions({
    queryKey: queryKeys.usage(tenant, query),
    queryFn: ({ signal }) =>
      api.get<{ items: UsageRow[] }>(withQuery(tenantPath(tenant, 'usage'), query), { signal }),
  });

export const budgetsQuery = (tenant: string) =>
  queryOptions({
    queryKey: queryKeys.budgets(tenant),
    queryFn: ({ signal }) =>
      api.get<{ items: BudgetView[] }>(tenantPath(tenant, 'budgets'), { signal }),
  });

export const breakersQuery = (tenant: string) =>
  queryOptions({
    queryKey: queryKeys.breakers(tenant),
    queryFn: ({ signal }) =>
      api.get<{ items: BreakerView[] }>(tenantPath(tenant, 'breakers'), { signal }),
  });
