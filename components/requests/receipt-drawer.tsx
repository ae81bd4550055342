'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTenant } from '@/components/shell/tenant-context';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorState } from '@/components/ui/error-state';
import {
  Sheet,
  SheetBody,
  SheetContent,
  SheetDescription,
  SheetFooter,
  SheetHeader,
  SheetTitle,
} from '@/components/ui/sheet';
import { Spinner } from '@/components/ui/spinner';
import { receiptQuery } from '@/lib/client/requests';
import { RequestStatus } from './badges';
import { Receipt } from './receipt';
import { isCacheHit } from './request-facts';
import { WrongAnswer } from './wrong-answer';

type ReceiptDrawerProps = {
  /** Id of the request; '' closes the drawer. */
  id: string;
  onClose: () => void;
};

export function ReceiptDrawer({ id, onClose }: ReceiptDrawerProps) {
  // What is shown stays while the drawer moves out.
  const [shown, setShown] = useState(id);
  if (id !== '' && id !== shown) setShown(id);
  return (
    <Sheet open={id !== ''} onOpenChange={(open) => !open && onClose()}>
      <SheetContent data-receipt={shown} className="max-w-2xl">
        <DrawerBody key={shown} id={shown} />
      </SheetContent>
    </Sheet>
  );
}

function DrawerBody({ id }: { id: string }) {
  const { tenant } = useTenant();
  const { data: receipt, error, isPending, refetch } = useQuery(receiptQuery(tenant.id, id));
  return (
    <>
      <SheetHeader>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <SheetTitle>Receipt</SheetTitle>
          {receipt && <RequestStatus status={receipt.status} code={receipt.code} />}
        </div>
        <div className="flex min-w-0 items-center gap-1">
          <SheetDescription className="min-w-0 truncate font-mono text-xs">{id}</SheetDescription>
          <CopyButton
            value={id}
            variant="ghost"
            size="icon-sm"
            aria-label="Copy the request’s id"
            className="text-muted-foreground"
          />
        </div>
      </SheetHeader>
      <SheetBody tabIndex={0} role="region" aria-label="Receipt">
        {isPending && (
          <div className="flex justify-center py-12">
            <Spinner label="Loading the receipt" />
          </div>
        )}
        {error && (
          <ErrorState
            title="The receipt could not be loaded"
            error={error}
            onRetry={() => void refetch()}
          />
        )}
        {receipt && <Receipt receipt={receipt} />}
      </SheetBody>
      {receipt && isCacheHit(receipt) && (
        <SheetFooter className="sm:items-center sm:justify-between">
          <WrongAnswer receipt={receipt} />
        </SheetFooter>
      )}
    </>
  );
}
