import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type { Receipt } from '@/lib/gateway/types';
import { api, ApiError, withQuery } from './api';
import { tenantPath } from './paths';
import { queryKeys } from './query-keys';
import type { Page } from './types';

/** A receipt as lists have it. Money is a decimal string, null while the model has no price. */
export type ReceiptSummary = Omit<Receipt, 'tenantId' | 'content'>;
/** One receipt, with what of its content the tenant keeps. */
export type ReceiptDetail = Omit<Receipt, 'tenantId'>;

/** What the API filters by; an empty text does not filter. */
export type RequestFilter = {
  /** `429`, or `4xx` for all of 400 to 499. */
  status: string;
  /** `error.code` of a refusal. */
  code: string;
  /** Id or name of a role. */
  role: string;
};

const PAGE_SIZE = 25;

/** Newest first; `fetchNextPage` for older ones. */
export const requestsQuery = (tenant: string, filter: RequestFilter) =>
  infiniteQueryOptions({
    queryKey: queryKeys.requestList(tenant, filter),
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<ReceiptSummary>>(
        withQuery(tenantPath(tenant, 'requests'), {
          ...filter,
          limit: PAGE_SIZE,
          cursor: pageParam,
        }),
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

const NEW_RECEIPT_TRIES = 3;

/** One receipt. Receipts are written in batches, so one that is not there yet is asked for again for a moment. */
export const receiptQuery = (tenant: string, request: string) =>
  queryOptions({
    queryKey: queryKeys.request(tenant, request),
    queryFn: ({ signal }) =>
      api.get<ReceiptDetail>(tenantPath(tenant, 'requests', request), { signal }),
    retry: (failures, error) =>
      error instanceof ApiError && error.status === 404 && failures < NEW_RECEIPT_TRIES,
    retryDelay: 500,
  });

/** Says that a cached answer was wrong for its question. Rejects with status 409 when the request was no hit. */
export function useRejectAnswer(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: string) =>
      api.post<undefined>(tenantPath(tenant, 'requests', request, 'feedback'), {
        verdict: 'wrong',
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: [...queryKeys.tenant(tenant), 'cache'] }),
  });
}
