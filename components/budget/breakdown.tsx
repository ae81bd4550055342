'use client';

import type { UsageRow } from '@/lib/client/types';
import { formatUsd } from './format-usd';

const MOST_ROWS = 6;

/** Who or what the money went to, dearest first. */
export function Breakdown({ title, rows }: { title: string; rows: readonly UsageRow[] }) {
  const sorted = rows
    .filter(({ costUsd }) => Number(costUsd) > 0)
    .sort((a, b) => Number(b.costUsd) - Number(a.costUsd));
  const most = Number(sorted[0]?.costUsd ?? 0);
  return (
    <div className="min-w-0">
      <h4 className="pb-1.5 text-xs font-medium text-muted-foreground">{title}</h4>
      {sorted.length === 0 && <p className="text-sm text-muted-foreground">Nothing spent yet.</p>}
      <ul className="flex flex-col gap-2">
        {sorted.slice(0, MOST_ROWS).map((row) => (
          <li key={row.key}>
            <div className="flex items-baseline justify-between gap-3 text-sm">
              <span className="min-w-0 truncate" title={row.label}>
                {row.label}
              </span>
              <span className="shrink-0 tabular-nums">{formatUsd(row.costUsd)}</span>
            </div>
            <div aria-hidden className="mt-1 h-1 overflow-hidden rounded-full bg-muted">
              <div
                className="h-full rounded-full bg-accent/70"
                style={{ width: `${Math.max(1, (Number(row.costUsd) / most) * 100)}%` }}
              />
            </div>
          </li>
        ))}
      </ul>
      {sorted.length > MOST_ROWS && (
        <p className="pt-1.5 text-xs text-muted-foreground">and {sorted.length - MOST_ROWS} more</p>
      )}
    </div>
  );
}
