'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { RefreshCw, ScrollText, Search } from 'lucide-react';
import Link from 'next/link';
import { useTenant } from '@/components/shell/tenant-context';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { PageHeader } from '@/components/ui/page-header';
import { Spinner } from '@/components/ui/spinner';
import { TableSkeleton } from '@/components/ui/table-skeleton';
import { requestsQuery } from '@/lib/client/requests';
import { LoadMore } from './load-more';
import { ReceiptDrawer } from './receipt-drawer';
import { RequestFilters } from './request-filters';
import { RequestsTable } from './requests-table';
import { NO_FILTER, useAddress } from './use-address';

/** The request log, newest first, and the receipt of one request in a drawer. */
export function RequestsPage() {
  const { tenant } = useTenant();
  const [{ receipt, ...filter }, change] = useAddress();
  const log = useInfiniteQuery({
    ...requestsQuery(tenant.id, filter),
    placeholderData: keepPreviousData,
  });
  const requests = log.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Object.values(filter).some((value) => value !== '');
  const known = log.isSuccess && !log.isPlaceholderData;

  return (
    <>
      <PageHeader
        title="Requests"
        description="Every request has a receipt, refused ones included: what was decided, why, and what it cost."
        actions={
          <Button
            variant="outline"
            aria-busy={log.isRefetching || undefined}
            onClick={() => void log.refetch()}
          >
            {log.isRefetching ? <Spinner /> : <RefreshCw />} Refresh
          </Button>
        }
      />
      {log.isPending && <TableSkeleton rows={8} label="Loading requests" />}
      {known && requests.length === 0 && !filtered && (
        <Card>
          <EmptyState
            icon={ScrollText}
            title="No requests yet"
            description="What is sent through the gateway appears here within a second."
            action={
              <Button asChild variant="outline">
                <Link href="/welcome">Send a request</Link>
              </Button>
            }
          />
        </Card>
      )}
      {(log.isError || requests.length > 0 || (log.isSuccess && filtered)) && (
        <Card aria-busy={log.isPlaceholderData || undefined}>
          <RequestFilters filter={filter} onChange={change} />
          {log.isError && (
            <ErrorState
              title="The requests could not be loaded"
              error={log.error}
              onRetry={() => void log.refetch()}
            />
          )}
          {known && requests.length === 0 && (
            <EmptyState
              icon={Search}
              title="No request matches"
              action={
                <Button variant="outline" onClick={() => change(NO_FILTER)}>
                  Clear filters
                </Button>
              }
            />
          )}
          {requests.length > 0 && (
            <RequestsTable requests={requests} onOpen={(id) => change({ receipt: id })} />
          )}
          {known && requests.length > 0 && (
            <LoadMore
              count={requests.length}
              hasMore={log.hasNextPage}
              loading={log.isFetchingNextPage}
              onLoad={() => log.fetchNextPage()}
            />
          )}
        </Card>
      )}
      <ReceiptDrawer id={receipt} onClose={() => change({ receipt: '' })} />
    </>
  );
}
