'use client';

import { useQuery } from '@tanstack/react-query';
import { formatUsd } from '@/components/budget/format-usd';
import { formatDuration } from '@/components/requests/format-duration';
import { cacheStatsQuery, type CacheStats } from '@/lib/client/cache';
import { useEditor } from '../editor-context';
import { Group } from '../layout/group';
import { PurgeCache } from './purge-cache';

/** What the role's cache holds and did over 30 days, under the policy that is in force. */
export function CacheLive() {
  const { tenantId, roleId } = useEditor();
  const { data, error } = useQuery(cacheStatsQuery(tenantId, roleId));
  return (
    <Group title="Live Figures">
      <div data-cache-live className="flex flex-col gap-4 py-3">
        {error && !data && <p className="text-sm text-destructive">{error.message}</p>}
        <Figures stats={data} />
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <p className="text-xs text-muted-foreground">
            The last 30 days; entries and memory as they are now.
          </p>
          <PurgeCache entries={data?.entries ?? 0} />
        </div>
      </div>
    </Group>
  );
}

const count = new Intl.NumberFormat('en-US');

/** Their places are taken before the figures are there, so that nothing below moves. */
function Figures({ stats }: { stats: CacheStats | undefined }) {
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4" aria-busy={!stats}>
      {FIGURES.map(([name, label, valueOf]) => (
        <div key={name}>
          <dt className="text-xs text-muted-foreground">{label}</dt>
          <dd data-figure={name} className="text-base font-medium break-all tabular-nums">
            {stats ? valueOf(stats) : '…'}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const FIGURES: [name: string, label: string, valueOf: (stats: CacheStats) => string][] = [
  ['hits', 'Hits', ({ hits }) => count.format(hits)],
  ['misses', 'Misses', ({ misses }) => count.format(misses)],
  ['rate', 'Hit rate', rateOf],
  ['wrong', 'Called wrong', ({ wrongAnswers }) => count.format(wrongAnswers)],
  ['saved', 'Money saved', ({ costSavedUsd }) => formatUsd(costSavedUsd)],
  ['time', 'Time saved', ({ latencySavedMs }) => formatDuration(latencySavedMs)],
  ['entries', 'Entries', ({ entries }) => count.format(entries)],
  ['bytes', 'Memory', ({ bytes }) => formatBytes(bytes)],
];

function rateOf({ hits, misses }: CacheStats): string {
  const looked = hits + misses;
  return looked === 0 ? '–' : `${((100 * hits) / looked).toFixed(1)} %`;
}

function formatBytes(bytes: number): string {
  if (bytes < 2 ** 20) return `${(bytes / 2 ** 10).toFixed(bytes === 0 ? 0 : 1)} KiB`;
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
