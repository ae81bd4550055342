import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { LedgerVerificationView, TestAlertView } from '@/lib/admin/ledger-views';
import type { alertView, BudgetsView } from '@/lib/admin/views';
import { api, withQuery } from './api';
import { tenantPath } from './paths';
import { queryKeys } from './query-keys';
import type { Page } from './types';

export type RoleBudget = BudgetsView['items'][number];
export type BudgetWindowView = RoleBudget['windows'][number];

const LIVE_MS = 3_000;

/** Budgets as they stand, of one role or all; asked again every few seconds. */
export const liveBudgetsQuery = (tenant: string, role?: string) =>
  queryOptions({
    queryKey: [...queryKeys.budgets(tenant), role ?? 'all'],
    queryFn: ({ signal }) =>
      api.get<BudgetsView>(withQuery(tenantPath(tenant, 'budgets'), { role }), {
        signal,
      }),
    refetchInterval: LIVE_MS,
  });

/** An alert and how its delivery went; the parts of its payload that are shown. */
export type AlertEntry = Omit<z.output<typeof alertView>, 'payload'> & {
  payload: { level?: string; window?: string; role?: string; spentUsd?: string; limitUsd?: string };
};

/** The latest alerts, of one role or all. */
export const alertsQuery = (tenant: string, { role, limit }: { role?: string; limit: number }) =>
  queryOptions({
    queryKey: [...queryKeys.tenant(tenant), 'alerts', role ?? 'all', limit],
    queryFn: ({ signal }) =>
      api.get<Page<AlertEntry>>(
        withQuery(tenantPath(tenant, 'alerts'), { role, limit: String(limit) }),
        { signal },
      ),
    refetchInterval: LIVE_MS,
  });

export type AlertChannels = {
  alertWebhook: string;
  alertEmails: readonly string[];
  alertSlack: string;
};
export type TestAlertResult = TestAlertView['items'][number];

/** Sends a test alert to channels as they stand in a form. */
export function useTestAlert(tenant: string, role: string) {
  return useMutation({
    mutationFn: (channels: AlertChannels) =>
      api.post<TestAlertView>(tenantPath(tenant, 'roles', role, 'alerts', 'test'), channels),
  });
}

/** Computes all balances anew; asks for budgets again afterwards. */
export function useVerifyLedger(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<LedgerVerificationView>(tenantPath(tenant, 'ledger', 'verify'), {}),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.budgets(tenant) }),
  });
}

/** Reads the webhooks' signing secret; it is not kept. */
export function useSigningSecret(tenant: string) {
  return useMutation({
    mutationFn: () => api.get<{ secret: string }>(tenantPath(tenant, 'alerts', 'signing-secret')),
    gcTime: 0,
  });
}
