const UNITS: readonly [name: string, ms: number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

/** Milliseconds as people say them: 3600000 → "1 hour", 5400000 → "1 hour 30 minutes", 1500 → "1.5 seconds". */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms) || ms < 0) return '';
  if (ms < 1000) return plural(ms, 'millisecond');
  const parts: string[] = [];
  let rest = ms;
  for (const [name, size] of UNITS) {
    if (name === 'second') {
      if (rest > 0) parts.push(plural(Math.round(rest) / 1000, name));
      break;
    }
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(plural(count, name));
    rest -= count * size;
  }
  return parts.slice(0, 3).join(' ');
}

function plural(count: number, name: string): string {
  return `${count.toLocaleString('en-US')} ${name}${count === 1 ? '' : 's'}`;
}

/** How many milliseconds one of a field's units is, or undefined for units that are no time. */
export function unitInMs(unit: string | undefined): number | undefined {
  if (unit === 'ms') return 1;
  return unit === 'seconds' ? 1000 : undefined;
}
