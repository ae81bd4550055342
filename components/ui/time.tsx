'use client';

import { cn } from './cn';

const STEPS: readonly [limitSeconds: number, unit: Intl.RelativeTimeFormatUnit, seconds: number][] =
  [
    [60, 'second', 1],
    [3600, 'minute', 60],
    [86_400, 'hour', 3600],
    [86_400 * 14, 'day', 86_400],
    [86_400 * 60, 'week', 86_400 * 7],
    [86_400 * 365, 'month', 86_400 * 30],
    [Infinity, 'year', 86_400 * 365],
  ];

/** `3 hours ago`, `in 2 days`; below ten seconds `just now`. */
function relativeTime(at: Date, now: Date): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  if (Math.abs(seconds) < 10) return 'just now';
  const step = STEPS.find(([limit]) => Math.abs(seconds) < limit);
  const [, unit, size] = step ?? [Infinity, 'year', 86_400 * 365];
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(
    Math.round(seconds / size),
    unit,
  );
}

const absolute = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** How long ago, with the exact moment as its title. */
export function Time({ at, className }: { at: string; className?: string }) {
  const date = new Date(at);
  return (
    <time
      dateTime={at}
      title={absolute.format(date)}
      className={cn('whitespace-nowrap', className)}
    >
      {relativeTime(date, new Date())}
    </time>
  );
}

/** The day, e.g. `12 Mar 2027`. */
export function DateOnly({ at, className }: { at: string; className?: string }) {
  const date = new Date(at);
  return (
    <time
      dateTime={at}
      title={absolute.format(date)}
      className={cn('whitespace-nowrap', className)}
    >
      {new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' }).format(date)}
    </time>
  );
}
