/**
 * Milliseconds for a reader, three significant digits at most below a second:
 * `0.24` → `0.24 ms`, `212.4` → `212 ms`, `1234` → `1.23 s`, `90000` → `90 s`.
 */
export function formatDuration(ms: number): string {
  if (ms >= 100_000) return `${Math.round(ms / 1000)} s`;
  if (ms >= 999.5) return `${Number((ms / 1000).toPrecision(3))} s`;
  return `${Number(ms.toPrecision(3))} ms`;
}

const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** A moment to the second, in the reader's time zone: `12 Mar 2027, 14:03:09`. */
export function formatMoment(at: string): string {
  return moment.format(new Date(at));
}
