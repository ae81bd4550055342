import { Badge } from '@/components/ui/badge';
import type { ReceiptSummary } from '@/lib/client/requests';

type StatusProps = Pick<ReceiptSummary, 'status' | 'code'>;

function variantOf(status: number) {
  if (status >= 500) return 'destructive';
  return status >= 400 ? 'warning' : 'success';
}

/** The HTTP status that was answered and, of a refusal, its code. */
export function RequestStatus({ status, code }: StatusProps) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Badge variant={variantOf(status)} className="tabular-nums">
        {status}
      </Badge>
      {code && <span className="truncate font-mono text-xs text-muted-foreground">{code}</span>}
    </span>
  );
}

const CACHE_LOOKS = {
  'hit-exact': { variant: 'default', label: 'Exact hit' },
  'hit-semantic': { variant: 'default', label: 'Semantic hit' },
  miss: { variant: 'outline', label: 'Miss' },
  bypass: { variant: 'outline', label: 'Bypass' },
  off: { variant: 'outline', label: 'Off' },
} as const satisfies Record<ReceiptSummary['cache']['status'], { variant: string; label: string }>;

export function CacheBadge({ status }: Pick<ReceiptSummary['cache'], 'status'>) {
  const look = CACHE_LOOKS[status];
  return <Badge variant={look.variant}>{look.label}</Badge>;
}

const VERDICT_LOOKS = {
  allow: { variant: 'success', label: 'Allowed' },
  deny: { variant: 'destructive', label: 'Refused' },
  rewrite: { variant: 'warning', label: 'Rewritten' },
  skip: { variant: 'outline', label: 'Skipped' },
} as const satisfies Record<
  ReceiptSummary['stages'][number]['verdict'],
  { variant: string; label: string }
>;

export function VerdictBadge({ verdict }: Pick<ReceiptSummary['stages'][number], 'verdict'>) {
  const look = VERDICT_LOOKS[verdict];
  return <Badge variant={look.variant}>{look.label}</Badge>;
}
