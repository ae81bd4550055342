'use client';

import { CircleAlert, CircleCheck, Scale } from 'lucide-react';
import { useTenant } from '@/components/shell/tenant-context';
import { Button } from '@/components/ui/button';
import { Card, CardDescription, CardHeader, CardTitle } from '@/components/ui/card';
import { Spinner } from '@/components/ui/spinner';
import type { LedgerVerificationView } from '@/lib/admin/ledger-views';
import { useVerifyLedger } from '@/lib/client/budgets';
import { formatUsd } from './format-usd';

const BOOKS = {
  window: 'Balance',
  lease: 'Set aside',
  usage: 'Usage table',
  receipt: 'Request',
} as const;

/** Has every balance computed anew from entries and receipts. */
export function LedgerCard() {
  const { tenant } = useTenant();
  const { mutate, data, error, isPending } = useVerifyLedger(tenant.id);
  return (
    <Card data-ledger>
      <CardHeader>
        <div className="min-w-0">
          <CardTitle>Ledger</CardTitle>
          <CardDescription>
            Computes every balance anew from its entries, and those from the receipts.
          </CardDescription>
        </div>
        <Button variant="outline" size="sm" disabled={isPending} onClick={() => mutate()}>
          {isPending ? <Spinner /> : <Scale />} Verify the ledger
        </Button>
      </CardHeader>
      <div role="status" className="px-4 py-3 text-sm empty:hidden">
        {error && <p className="text-destructive">{error.message}</p>}
        {data && <Outcome verification={data} />}
      </div>
    </Card>
  );
}

function Outcome({ verification }: { verification: LedgerVerificationView }) {
  const { ok, windows, entries, receipts, settledUsd, differences } = verification;
  const Icon = ok ? CircleCheck : CircleAlert;
  return (
    <>
      <p className="flex items-start gap-2">
        <Icon
          aria-hidden
          className={`mt-0.5 size-4 shrink-0 ${ok ? 'text-success' : 'text-destructive'}`}
        />
        <span>
          {ok ? 'Everything agrees' : `${differences.length} differences`}: {formatUsd(settledUsd)}{' '}
          in {entries} entries, {windows} windows, {receipts} receipts.
        </span>
      </p>
      {!ok && (
        <ul className="flex flex-col gap-1 pt-2 pl-6">
          {differences.map((each) => (
            <li key={`${each.book} ${each.role} ${each.subject}`} className="break-words">
              {BOOKS[each.book]} of {each.role} {each.subject}: recorded{' '}
              {formatUsd(each.recordedUsd)}, computed {formatUsd(each.computedUsd)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
