'use client';

import { useState } from 'react';
import type { UsageRow } from '@/lib/client/types';
import { approximateUsd, formatUsd } from './format-usd';

const HEIGHT = 120;
const DAYS = 30;
const GAP = 0.25;

type Bar = { date: string; usd: string };
const shortDate = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});
const label = (date: string) => shortDate.format(new Date(`${date}T00:00:00Z`));

/** Spend of the last thirty days, a bar a day. @param today YYYY-MM-DD in the tenant's calendar */
export function HistoryChart({ rows, today }: { rows: readonly UsageRow[]; today: string }) {
  const [pointed, setPointed] = useState<Bar | null>(null);
  const bars = lastDays(rows, today);
  const most = Math.max(...bars.map(({ usd }) => Number(usd)));
  const shown = pointed ?? bars.at(-1);
  return (
    <figure>
      <figcaption className="flex items-baseline justify-between gap-3 pb-2 text-xs text-muted-foreground">
        <span>
          Last {DAYS} days, highest {approximateUsd(most)}
        </span>
        {shown && (
          <span className="tabular-nums">
            {label(shown.date)}: <span className="text-foreground">{formatUsd(shown.usd)}</span>
          </span>
        )}
      </figcaption>
      <svg
        viewBox={`0 0 ${DAYS} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-[120px] w-full"
        role="img"
        aria-label={`Spend by day, highest ${approximateUsd(most)}`}
        onMouseLeave={() => setPointed(null)}
      >
        {[0.25, 0.5, 0.75].map((share) => (
          <line
            key={share}
            x1={0}
            x2={DAYS}
            y1={HEIGHT * share}
            y2={HEIGHT * share}
            className="stroke-border"
            strokeDasharray="2 3"
            vectorEffect="non-scaling-stroke"
          />
        ))}
        {bars.map((bar, index) => (
          <DayBar key={bar.date} bar={bar} index={index} most={most} onPoint={setPointed} />
        ))}
        <line
          x1={0}
          x2={DAYS}
          y1={HEIGHT}
          y2={HEIGHT}
          className="stroke-input"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <div aria-hidden className="flex justify-between pt-1 text-xs text-muted-foreground">
        <span>{label(bars[0]?.date ?? today)}</span>
        <span>{label(today)}</span>
      </div>
      <DataTable bars={bars} />
    </figure>
  );
}

type DayBarProps = { bar: Bar; index: number; most: number; onPoint: (bar: Bar) => void };

function DayBar({ bar, index, most, onPoint }: DayBarProps) {
  const share = most === 0 ? 0 : Number(bar.usd) / most;
  // A day on which anything was spent is seen.
  const height = share === 0 ? 0 : Math.max(2, share * (HEIGHT - 4));
  return (
    <g onMouseEnter={() => onPoint(bar)} className="group">
      <rect
        x={index}
        y={0}
        width={1}
        height={HEIGHT}
        className="fill-transparent group-hover:fill-hover"
      />
      <rect
        x={index + GAP / 2}
        y={HEIGHT - height}
        width={1 - GAP}
        height={height}
        className={index === DAYS - 1 ? 'fill-accent' : 'fill-accent/60 group-hover:fill-accent'}
      />
    </g>
  );
}

/** The same for readers of tables. */
function DataTable({ bars }: { bars: readonly Bar[] }) {
  return (
    <table className="sr-only">
      <caption>Spend by day</caption>
      <tbody>
        {bars.map(({ date, usd }) => (
          <tr key={date}>
            <th scope="row">{label(date)}</th>
            <td>{formatUsd(usd)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Every day of the span, those without spend too. */
function lastDays(rows: readonly UsageRow[], today: string): Bar[] {
  const spend = new Map(rows.map(({ key, costUsd }) => [key, costUsd]));
  const end = Date.parse(`${today}T00:00:00Z`);
  return Array.from({ length: DAYS }, (_, index) => {
    const date = new Date(end - (DAYS - 1 - index) * 86_400_000).toISOString().slice(0, 10);
    return { date, usd: spend.get(date) ?? '0' };
  });
}
