import { Badge } from '@/components/ui/badge';
import type { ReceiptDetail } from '@/lib/client/requests';
import { formatDuration } from './format-duration';
import { costOf, isCacheHit } from './request-facts';

/** Every call of an upstream, in order, with what came of it. */
export function ReceiptAttempts({ receipt }: { receipt: ReceiptDetail }) {
  const { attempts } = receipt;
  if (attempts.length === 0) {
    return (
      <p className="text-sm text-muted-foreground">
        {isCacheHit(receipt)
          ? 'None: the answer came from the cache.'
          : 'None: no upstream was called.'}
      </p>
    );
  }
  return (
    <ol className="divide-y divide-border rounded-md border border-border text-sm">
      {attempts.map((attempt, index) => (
        <li key={index} data-attempt={index} className="flex flex-col gap-0.5 px-3 py-2">
          <div className="flex items-start justify-between gap-3">
            <p className="min-w-0 font-mono text-xs leading-5 break-all">
              {attempt.provider}/{attempt.model}
            </p>
            <span className="flex shrink-0 items-center gap-2">
              {attempt.code !== 'ok' && <span className="font-mono text-xs">{attempt.code}</span>}
              <Badge variant={attempt.code === 'ok' ? 'success' : 'destructive'}>
                {attempt.status ?? 'No answer'}
              </Badge>
            </span>
          </div>
          <p className="text-xs text-muted-foreground tabular-nums">
            {formatDuration(attempt.ms)} · {costOf(attempt.costUsd)}
            {attempt.estimated && ' (estimated)'}
          </p>
          {attempt.next && <p className="text-xs break-words">{attempt.next}</p>}
        </li>
      ))}
    </ol>
  );
}
