import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, withQuery } from './api';
import { tenantPath } from './paths';
import { queryKeys } from './query-keys';

export type BudgetWindowView = {
  window: 'day' | 'week' | 'month';
  /** `0`: unlimited. */
  limitUsd: string;
  capUsd: string;
  settledUsd: string;
  reservedUsd: string;
  startsAt: string;
  resetsAt: string;
};
export type RoleBudget = {
  role: string;
  roleId: string;
  enabled: boolean;
  onExceeded: 'block' | 'warn' | 'throttle';
  alertThreshold: number;
  criticalThreshold: number;
  windows: BudgetWindowView[];
};

const LIVE_MS = 3_000;

/** Budgets as they stand, of one role or all; asked again every few seconds. */
export const liveBudgetsQuery = (tenant: string, role?: string) =>
  queryOptions({
    queryKey: [...queryKeys.budgets(tenant), role ?? 'all'],
    queryFn: ({ signal }) =>
      api.get<{ items: RoleBudget[] }>(withQuery(tenantPath(tenant, 'budgets'), { role }), {
        signal,
      }),
    refetchInterval: LIVE_MS,
  });

export type AlertEntry = {
  id: string;
  roleId: string | null;
  kind: string;
  channel: 'email' | 'webhook' | 'slack';
  target: string;
  status: 'pending' | 'delivered' | 'failed' | 'undeliverable';
  attempts: number;
  lastError: string | null;
  payload: { level?: string; window?: string; role?: string; spentUsd?: string; limitUsd?: string };
  createdAt: string;
  sentAt: string | null;
};

/** The latest alerts, of one role or all. */
export const alertsQuery = (tenant: string, { role, limit }: { role?: string; limit: number }) =>
  queryOptions({
    queryKey: [...queryKeys.tenant(tenant), 'alerts', role ?? 'all', limit],
    queryFn: ({ signal }) =>
      api.get<{ items: AlertEntry[]; nextCursor: string | null }>(
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
export type TestAlertResult = {
  channel: AlertEntry['channel'];
  target: string;
  status: 'sent' | 'failed' | 'undeliverable';
  error: string | null;
};

/** Sends a test alert to channels as they stand in a form. */
export function useTestAlert(tenant: string, role: string) {
  return useMutation({
    mutationFn: (channels: AlertChannels) =>
      api.post<{ items: TestAlertResult[] }>(
        tenantPath(tenant, 'roles', role, 'alerts', 'test'),
        channels,
      ),
  });
}

export type LedgerVerification = {
  at: string;
  ok: boolean;
  windows: number;
  entries: number;
  receipts: number;
  settledUsd: string;
  differences: {
    book: 'window' | 'lease' | 'usage' | 'receipt';
    role: string;
    subject: string;
    recordedUsd: string;
    computedUsd: string;
  }[];
};

export function useVerifyLedger(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<LedgerVerification>(tenantPath(tenant, 'ledger', 'verify'), {}),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.budgets(tenant) }),
  });
}

export function useSigningSecret(tenant: string) {
  return useMutation({
    mutationFn: () => api.get<{ secret: string }>(tenantPath(tenant, 'alerts', 'signing-secret')),
    gcTime: 0,
  });
}
