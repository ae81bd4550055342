'use client';

import { useQuery } from '@tanstack/react-query';
import { cacheStatsQuery, type CacheStats } from '@/lib/client/cache';
import { useEditor } from '../editor-context';
import { Group } from '../layout/group';

/** What the role's cache holds and did over 30 days, under the policy that is in force. */
export function CacheLive() {
  const { tenantId, roleId } = useEditor();
  const { data, error } = useQuery(cacheStatsQuery(tenantId, roleId));
  return (
    <Group title="Live Figures">
      <div data-cache-live className="py-3">
        {error && <p className="text-sm text-destructive">{error.message}</p>}
        {data && <Figures stats={data} />}
        {!data && !error && <p className="text-sm text-muted-foreground">Loading …</p>}
      </div>
    </Group>
  );
}

function Figures({ stats }: { stats: CacheStats }) {
  const looked = stats.hits + stats.misses;
  const figures: [name: string, label: string, value: string][] = [
    ['hits', 'Hits', stats.hits.toLocaleString('en')],
    ['misses', 'Misses', stats.misses.toLocaleString('en')],
    ['rate', 'Hit rate', looked === 0 ? '–' : `${((100 * stats.hits) / looked).toFixed(1)} %`],
    ['entries', 'Entries now', stats.entries.toLocaleString('en')],
    ['bytes', 'Memory', `${(stats.bytes / 2 ** 20).toFixed(1)} MiB`],
    ['saved', 'Saved', `$${stats.costSavedUsd}`],
    ['time', 'Time saved', `${(stats.latencySavedMs / 1000).toFixed(1)} s`],
    ['wrong', 'Called wrong', stats.wrongAnswers.toLocaleString('en')],
  ];
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4">
      {figures.map(([name, label, value]) => (
        <div key={name}>
          <dt className="text-xs text-muted-foreground">{label}</dt>
          <dd data-figure={name} className="font-mono text-sm break-all">
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
