import { Badge } from '@/components/ui/badge';
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table';
import type { ReceiptDetail } from '@/lib/client/requests';

/** Which model would answer, by what it was chosen, and why the others were not. */
export function TryRoutingResult({ evaluation }: { evaluation: ReceiptDetail }) {
  const { route, status, code } = evaluation;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-1.5 text-sm">
        {status === 200 ? (
          <>
            <span data-try-answer className="font-mono font-medium">
              {evaluation.provider}/{evaluation.model}
            </span>
            <span className="text-muted-foreground">would answer</span>
          </>
        ) : (
          <Badge variant="destructive">
            {status} {code}
          </Badge>
        )}
        <Badge data-try-route>{routeOf(evaluation)}</Badge>
        <Findings detail={route.detail} />
      </div>
      {status !== 200 && <p className="text-sm">{refusalOf(evaluation)}</p>}
      <Score detail={route.detail} />
      {route.candidates.length > 0 && <Candidates route={route} />}
    </div>
  );
}

type Detail = ReceiptDetail['route']['detail'];

function Findings({ detail }: { detail: Detail }) {
  return (
    <>
      {detail?.score !== undefined && (
        <Badge variant="secondary" data-try-score>
          complexity {detail.score.toFixed(2)}
        </Badge>
      )}
      {detail?.tier && <Badge variant="secondary">tier: {detail.tier}</Badge>}
      {detail?.task && <Badge variant="secondary">task: {detail.task}</Badge>}
    </>
  );
}

/** The score on the scale that the thresholds divide. */
function Score({ detail }: { detail: Detail }) {
  if (detail?.score === undefined || !detail.thresholds) return null;
  const { score, thresholds, parts = [] } = detail;
  const percent = (value: number) => `${Math.round(value * 1000) / 10}%`;
  return (
    <div className="flex flex-col gap-1.5">
      <div aria-hidden className="relative h-2 rounded-full bg-muted">
        {[thresholds.simple, thresholds.complex].map((threshold, index) => (
          <span
            key={index}
            className="absolute inset-y-0 w-px bg-foreground/50"
            style={{ left: percent(threshold) }}
          />
        ))}
        <span
          className="absolute -top-0.5 size-3 -translate-x-1/2 rounded-full bg-accent"
          style={{ left: percent(score) }}
        />
      </div>
      <p className="text-xs text-muted-foreground">
        {score.toFixed(2)} of 1; simple below {thresholds.simple.toFixed(2)}, complex above{' '}
        {thresholds.complex.toFixed(2)}. Weighed most: {parts.slice(0, 4).map(partOf).join(', ')}.
      </p>
    </div>
  );
}

function partOf({ name, logit }: { name: string; logit: number }): string {
  const words = name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words} ${logit > 0 ? '+' : '−'}${Math.abs(logit).toFixed(2)}`;
}

function Candidates({ route }: { route: ReceiptDetail['route'] }) {
  const place = new Map(route.order?.map((name, index) => [name, index + 1]));
  const rows = route.candidates
    .map((each) => ({ ...each, name: nameOf(each) }))
    .sort((a, b) => (place.get(a.name) ?? Infinity) - (place.get(b.name) ?? Infinity));
  return (
    <div className="rounded-md border border-border">
      <Table aria-label="Candidates">
        <TableHeader>
          <TableRow>
            <TableHead>Order</TableHead>
            <TableHead>Model</TableHead>
            <TableHead>Why</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {rows.map((each, index) => (
            <TableRow key={index} data-candidate={each.name} data-taken={each.taken || undefined}>
              <TableCell className="tabular-nums">
                {place.get(each.name) ?? <span className="text-muted-foreground">not asked</span>}
              </TableCell>
              <TableCell className="font-mono text-xs">{each.name}</TableCell>
              <TableCell>{each.taken ? `taken: ${each.reason}` : each.reason}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function nameOf({ provider, model }: { provider: string; model: string }): string {
  return provider === '' ? model : `${provider}/${model}`;
}

function routeOf({ route }: ReceiptDetail): string {
  const isPlain = route.strategy === 'explicit' || route.strategy === 'default';
  return isPlain || route.reason === '' ? route.strategy : `${route.strategy}: ${route.reason}`;
}

/** Which stage refused, in its own words. */
function refusalOf({ stages }: ReceiptDetail): string {
  const refused = stages.find(({ verdict }) => verdict === 'deny');
  return refused ? `Refused at "${refused.name}": ${refused.reason}.` : 'Refused.';
}
