import { Badge } from '@/components/ui/badge';
import type { ReceiptDetail } from '@/lib/client/requests';
import { sanitizeText } from '@/lib/policy/prompt/sanitize';
import type { PromptPolicy } from '@/lib/policy/prompt/schema';
import { InjectionFindingView } from './injection-finding';
import { sentText } from './marked-parts';
import { PiiFindingView } from './pii-finding';

const VERDICTS = {
  allow: { label: 'passes', variant: 'success' },
  rewrite: { label: 'passes, rewritten', variant: 'warning' },
  deny: { label: 'refused', variant: 'destructive' },
  skip: { label: 'not checked', variant: 'outline' },
} as const;

/** A text as it was judged: with the sanitising that stood in the form. */
export type JudgedText = { text: string; sanitize: PromptPolicy['sanitize'] };

/** What the checks of the prompt decided, what they found, and what would be sent upstream. */
export function TryPromptResult({
  receipt,
  judged,
}: {
  receipt: ReceiptDetail;
  judged: JudgedText;
}) {
  const refused = receipt.stages.find(({ verdict }) => verdict === 'deny');
  const stage = receipt.stages.find(({ name }) => name === 'prompt') ?? refused;
  if (!stage) return null;
  const { label, variant } = VERDICTS[stage.verdict];
  const denied = stage.verdict === 'deny';
  const sent = sentText(receipt.content?.messages);
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
      {stage.findings?.pii && (
        <PiiFindingView finding={stage.findings.pii} text={markable(judged)} />
      )}
      {!denied && sent !== null && (
        <section aria-label="Sent upstream" className="flex flex-col gap-2">
          <span className="font-medium">Sent upstream</span>
          <p
            data-try-sent
            className="max-h-48 overflow-auto rounded-md bg-muted p-3 break-words whitespace-pre-wrap"
          >
            {sent}
          </p>
        </section>
      )}
    </div>
  );
}

/** Spans are of the sanitised text; those of JSON with escapes are of its strings as they are meant, so it is not marked. */
function markable({ text, sanitize }: JudgedText): string | null {
  const sanitised = sanitizeText(text, sanitize);
  return /^\s*["{[]/.test(sanitised) && sanitised.includes('\\') ? null : sanitised;
}
