import { Badge } from '@/components/ui/badge';
import { cn } from '@/components/ui/cn';
import type { InjectionFinding } from '@/lib/policy/decision';

/** The score of injection detection on a scale with its threshold, and the kinds of evidence. */
export function InjectionFindingView({ finding }: { finding: InjectionFinding }) {
  const { score, threshold, sensitivity, suspected, reasons } = finding;
  const percent = (value: number) => `${Math.round(value * 1000) / 10}%`;
  return (
    <section aria-label="Prompt injection" className="flex flex-col gap-2">
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <span className="font-medium">
          Injection score{' '}
          <span data-try-injection-score className="tabular-nums">
            {score.toFixed(2)}
          </span>
        </span>
        <span className="text-xs text-muted-foreground tabular-nums">
          an attack from {threshold.toFixed(2)} on at {sensitivity} sensitivity
        </span>
      </div>
      <div aria-hidden className="relative h-1.5 rounded-full bg-muted">
        <div
          className={cn('h-full rounded-full', suspected ? 'bg-destructive' : 'bg-success')}
          style={{ width: percent(score) }}
        />
        <div
          className="absolute -top-1 h-3.5 w-px bg-foreground"
          style={{ left: percent(threshold) }}
        />
      </div>
      {reasons.length > 0 && (
        <ul aria-label="Evidence" className="flex flex-wrap gap-1.5">
          {reasons.map((reason) => (
            <li key={reason}>
              <Badge variant={suspected ? 'warning' : 'outline'}>{reason}</Badge>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
