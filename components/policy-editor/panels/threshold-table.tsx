'use client';

import { cn } from '@/components/ui/cn';
import { THRESHOLD_FIGURES } from '@/lib/policy/caching/thresholds';
import { useFieldValue } from '../fields/use-field-value';

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

/** What one gets for a threshold, beside its slider; the row that the slider has reached stands out. */
export function ThresholdTable() {
  const threshold = useFieldValue('cachingPolicy.similarityThreshold');
  const reached = THRESHOLD_FIGURES.findLast((row) => row.threshold <= threshold);
  return (
    <div data-threshold-table className="flex min-w-0 flex-col gap-1.5 xl:w-80 xl:shrink-0">
      <table
        aria-label="What a threshold gives"
        className="w-full max-w-md overflow-hidden rounded-md border border-border text-left text-xs"
      >
        <thead className="bg-muted/50 text-muted-foreground">
          <tr>
            <Head>Threshold</Head>
            <Head>Right answers</Head>
            <Head>Rewordings found</Head>
          </tr>
        </thead>
        <tbody>
          {THRESHOLD_FIGURES.map((row) => (
            <tr
              key={row.threshold}
              aria-current={row === reached && threshold < 1 ? true : undefined}
              className={cn(
                'border-t border-border tabular-nums',
                row === reached && threshold < 1 && 'bg-accent-subtle font-medium text-accent',
              )}
            >
              <td className="px-3 py-1.5 font-mono">{row.threshold.toFixed(2)}</td>
              <td className="px-3 py-1.5">{percent(row.precision)}</td>
              <td className="px-3 py-1.5">{percent(row.recall)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="max-w-md text-xs text-muted-foreground">
        Of answers to reworded questions, on 12,096 pairs of public questions. The same request
        always hits.
      </p>
    </div>
  );
}

function Head({ children }: { children: string }) {
  return (
    <th scope="col" className="px-3 py-1.5 font-medium">
      {children}
    </th>
  );
}
