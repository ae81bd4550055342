import { Badge } from '@/components/ui/badge';
import { Notice } from '@/components/ui/notice';
import type { ChatOutcome } from '@/lib/client/gateway';

type RequestOutcomeProps = { outcome: ChatOutcome | undefined; error: Error | null };

/** What came back: the answer or the refusal, and the contract's headers. */
export function RequestOutcome({ outcome, error }: RequestOutcomeProps) {
  return (
    <div aria-live="polite" className="flex flex-col gap-3 empty:hidden">
      {error && <Notice variant="destructive">{error.message}</Notice>}
      {outcome && (
        <>
          <div className="flex items-center gap-2">
            <Badge variant={outcome.error ? 'destructive' : 'success'}>{outcome.status}</Badge>
            {outcome.error && (
              <span className="font-mono text-xs text-destructive">{outcome.error.code}</span>
            )}
          </div>
          {outcome.error ? (
            <Notice variant="destructive">{outcome.error.message}</Notice>
          ) : (
            <p className="rounded-md border border-border bg-muted/60 px-3 py-2.5 text-sm break-words whitespace-pre-wrap">
              {outcome.text ?? 'The answer has no text.'}
            </p>
          )}
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 rounded-md border border-border px-3 py-2.5 font-mono text-xs">
            {outcome.headers.map(([name, value]) => (
              <div key={name} className="contents">
                <dt className="text-muted-foreground">{name}</dt>
                <dd className="min-w-0 break-all">{value}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </div>
  );
}
