import { Badge } from '@/components/ui/badge';
import type { Receipt } from '@/lib/client/types';
import { InjectionFindingView } from './injection-finding';

const VERDICTS = {
  allow: { label: 'passes', variant: 'success' },
  rewrite: { label: 'passes, rewritten', variant: 'warning' },
  deny: { label: 'refused', variant: 'destructive' },
  skip: { label: 'not checked', variant: 'outline' },
} as const;

/** What the checks of the prompt decided, and what they found. */
export function TryPromptResult({ receipt }: { receipt: Receipt }) {
  const refused = receipt.stages.find(({ verdict }) => verdict === 'deny');
  const stage = receipt.stages.find(({ name }) => name === 'prompt') ?? refused;
  if (!stage) return null;
  const { label, variant } = VERDICTS[stage.verdict];
  const denied = stage.verdict === 'deny';
  return (
    <div className="flex flex-col gap-3 text-sm">
      <div className="flex flex-wrap items-center gap-1.5">
        <Badge variant={variant} data-try-verdict>
          {label}
        </Badge>
        {denied && (
          <Badge variant="destructive" data-try-code>
            {receipt.status} {receipt.code}
          </Badge>
        )}
        {!denied &&
          receipt.warnings.map((warning) => (
            <Badge key={warning} variant="warning">
              {warning}
            </Badge>
          ))}
      </div>
      <p className="break-words text-muted-foreground">{stage.reason}</p>
      {stage.findings?.injection && <InjectionFindingView finding={stage.findings.injection} />}
    </div>
  );
}
