'use client';

import { ResponsiveTable } from '@/components/ui/responsive-table';
import { TableCell, TableHead, TableRow } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import type { ReceiptSummary } from '@/lib/client/requests';
import { CacheBadge, RequestStatus } from './badges';
import { formatDuration, formatMoment } from './format-duration';
import { costOf, modelOf } from './request-facts';

type RequestsTableProps = {
  requests: readonly ReceiptSummary[];
  onOpen: (id: string) => void;
};

/** The request log; a click on a request opens its receipt. */
export function RequestsTable({ requests, onOpen }: RequestsTableProps) {
  return (
    <ResponsiveTable
      label="Requests"
      rows={requests}
      head={
        <>
          <TableHead>Time</TableHead>
          <TableHead>Status</TableHead>
          <TableHead>Role</TableHead>
          <TableHead>Model</TableHead>
          <TableHead>Cache</TableHead>
          <TableHead className="text-right">Cost</TableHead>
          <TableHead className="text-right">Duration</TableHead>
        </>
      }
      renderRow={(request) => <RequestRow key={request.id} request={request} onOpen={onOpen} />}
      renderItem={(request) => <RequestItem key={request.id} request={request} onOpen={onOpen} />}
    />
  );
}

type RequestProps = { request: ReceiptSummary; onOpen: (id: string) => void };

function RequestRow({ request, onOpen }: RequestProps) {
  return (
    <TableRow data-request={request.id} className="relative has-[:focus-visible]:bg-muted/50">
      <TableCell>
        {/* Its area is the whole row, so that a click anywhere opens the receipt. */}
        <button
          type="button"
          title={formatMoment(request.at)}
          onClick={() => onOpen(request.id)}
          className="rounded-sm after:absolute after:inset-0 after:content-['']"
        >
          <span className="sr-only">Receipt of the request </span>
          <Time at={request.at} />
        </button>
      </TableCell>
      <TableCell className="max-w-60">
        <RequestStatus status={request.status} code={request.code} />
      </TableCell>
      <TableCell className="max-w-40 truncate">{request.role.name}</TableCell>
      <TableCell className="max-w-56 truncate font-mono text-xs">
        {modelOf(request) ?? <span className="text-muted-foreground">–</span>}
      </TableCell>
      <TableCell>
        <CacheBadge status={request.cache.status} />
      </TableCell>
      <TableCell className="text-right whitespace-nowrap tabular-nums">
        {costOf(request.costUsd)}
      </TableCell>
      <TableCell className="text-right whitespace-nowrap tabular-nums">
        {formatDuration(request.latencyMs)}
      </TableCell>
    </TableRow>
  );
}

function RequestItem({ request, onOpen }: RequestProps) {
  return (
    <li data-request={request.id}>
      <button
        type="button"
        onClick={() => onOpen(request.id)}
        className="flex w-full flex-col gap-1 px-4 py-3 text-left text-sm hover:bg-muted/50 focus-visible:outline-offset-[-2px]"
      >
        <span className="flex w-full items-center justify-between gap-3">
          <RequestStatus status={request.status} code={request.code} />
          <Time at={request.at} className="text-xs text-muted-foreground" />
        </span>
        <span className="w-full truncate font-mono text-xs">{modelOf(request) ?? 'No model'}</span>
        <span className="flex w-full flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted-foreground">
          <CacheBadge status={request.cache.status} />
          <span className="truncate">{request.role.name}</span>
          <span className="tabular-nums">
            {costOf(request.costUsd)} · {formatDuration(request.latencyMs)}
          </span>
        </span>
      </button>
    </li>
  );
}
