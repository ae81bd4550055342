import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import { Notice } from '@/components/ui/notice';
import type { ReceiptDetail } from '@/lib/client/requests';
import { VerdictBadge } from './badges';
import { formatDuration } from './format-duration';
import { ReceiptAttempts } from './receipt-attempts';
import { ReceiptContent } from './receipt-content';
import { ReceiptFacts } from './receipt-facts';
import { ReceiptRoute } from './receipt-route';

/** What became of one request, from the outcome to the details. */
export function Receipt({ receipt }: { receipt: ReceiptDetail }) {
  const refused = receipt.stages.find(({ verdict }) => verdict === 'deny');
  return (
    <div className="flex flex-col gap-6">
      {refused && (
        <Notice variant="destructive">
          Refused by <span className="font-mono text-xs">{refused.name}</span>: {refused.reason}
        </Notice>
      )}
      {receipt.warnings.length > 0 && (
        <ul aria-label="Warnings" className="flex flex-wrap gap-1.5">
          {receipt.warnings.map((warning) => (
            <li key={warning}>
              <Badge variant="warning" className="font-mono">
                {warning}
              </Badge>
            </li>
          ))}
        </ul>
      )}
      <ReceiptFacts receipt={receipt} />
      <ReceiptSection title="Stages">
        <Stages stages={receipt.stages} />
      </ReceiptSection>
      <ReceiptSection title="Route">
        <ReceiptRoute route={receipt.route} />
      </ReceiptSection>
      <ReceiptSection title="Attempts">
        <ReceiptAttempts receipt={receipt} />
      </ReceiptSection>
      <ReceiptSection title="Content">
        <ReceiptContent content={receipt.content} />
      </ReceiptSection>
    </div>
  );
}

function ReceiptSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-2">
      <h3 className="text-sm font-semibold">{title}</h3>
      {children}
    </section>
  );
}

/** In the order in which they ran. */
function Stages({ stages }: Pick<ReceiptDetail, 'stages'>) {
  return (
    <ol className="divide-y divide-border rounded-md border border-border text-sm">
      {stages.map((stage, index) => (
        <li
          key={`${index} ${stage.name}`}
          data-stage={stage.name}
          data-verdict={stage.verdict}
          className="grid grid-cols-[minmax(0,1fr)_auto_4.5rem] items-start gap-x-3 px-3 py-2"
        >
          <div className="min-w-0">
            <p className="font-mono text-xs leading-5">{stage.name}</p>
            {stage.reason && (
              <p className="text-xs break-words text-muted-foreground">{stage.reason}</p>
            )}
          </div>
          <VerdictBadge verdict={stage.verdict} />
          <span className="text-right text-xs leading-5 whitespace-nowrap text-muted-foreground tabular-nums">
            {formatDuration(stage.ms)}
          </span>
        </li>
      ))}
    </ol>
  );
}
