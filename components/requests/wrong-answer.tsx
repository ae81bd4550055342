'use client';

import { ThumbsDown } from 'lucide-react';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/forms/confirm-dialog';
import { EditGuard } from '@/components/shell/edit-guard';
import { useTenant } from '@/components/shell/tenant-context';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { useRejectAnswer, type ReceiptDetail } from '@/lib/client/requests';

/** Lets an editor say that the cached answer to a request was wrong. */
export function WrongAnswer({ receipt }: { receipt: ReceiptDetail }) {
  const { tenant } = useTenant();
  const reject = useRejectAnswer(tenant.id);
  const [asking, setAsking] = useState(false);
  const isReported = reject.isSuccess || receipt.cache.rejected === true;
  return (
    <>
      <p role="status" className="text-sm text-muted-foreground">
        {isReported
          ? 'Reported. This answer is given to nobody again.'
          : 'This answer came from the cache.'}
      </p>
      <EditGuard>
        {(disabled) => (
          <Button
            variant="outline"
            disabled={disabled}
            // Stays in reach of the keyboard, which comes back to it from the dialog.
            aria-disabled={isReported || undefined}
            onClick={() => !isReported && setAsking(true)}
          >
            <ThumbsDown /> Wrong answer
          </Button>
        )}
      </EditGuard>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Was this answer wrong?"
        description={
          receipt.cache.status === 'hit-semantic'
            ? 'It leaves the cache, and the two questions never match again in this role.'
            : 'It leaves the cache, and the next request like this one is answered anew.'
        }
        action="Remove the answer"
        onConfirm={async () => {
          await reject.mutateAsync(receipt.id);
          toast.success('The answer was removed from the cache.');
        }}
      />
    </>
  );
}
