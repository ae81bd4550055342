import type { PolicyField } from './walk';

/** A single value with its unit: `$50.00`, `3600 seconds (1 hour)`, `80%`, `on`. */
export function describeValue(field: PolicyField, value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') return describeNumber(field, value);
  if (value === '' || value === undefined || value === null) return 'none';
  if (typeof value === 'string') return value;
  return JSON.stringify(value);
}

/** The items of a list, each as one text. */
export function itemsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map((item) => describeItem(item)) : [];
}

/** The entries of a map, the value of each as a text. */
export function entriesOf(field: PolicyField, value: unknown): Map<string, string> {
  if (typeof value !== 'object' || value === null) return new Map();
  return new Map(Object.entries(value).map(([key, entry]) => [key, describeEntry(field, entry)]));
}

/** `90` seconds are `1 minute 30 seconds`. */
export function describeDuration(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  let rest = ms / 1000;
  const parts: string[] = [];
  for (const [unit, seconds] of SPANS) {
    const count = unit === 'second' ? Number(rest.toFixed(3)) : Math.floor(rest / seconds);
    rest -= count * seconds;
    if (count > 0) parts.push(`${count} ${unit}${count === 1 ? '' : 's'}`);
  }
  return parts.join(' ');
}

const SPANS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 10 });
const dollars = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  minimumFractionDigits: 2,
  maximumFractionDigits: 10,
});

function describeNumber({ unit, path }: PolicyField, value: number): string {
  if (unit === 'USD') return value === 0 ? '$0' : dollars.format(value);
  if (unit === '%') return `${number.format(value)}%`;
  if (SHARES.has(path)) return `${number.format(value * 100)}%`;
  if (unit === 'seconds' && value >= 60)
    return `${number.format(value)} seconds (${describeDuration(value * 1000)})`;
  if (unit === 'ms' && value >= 1000)
    return `${number.format(value)} ms (${describeDuration(value)})`;
  if (unit === undefined) return number.format(value);
  return `${number.format(value)} ${unit === 'ms' ? unit : counted(unit, value)}`;
}

/** Numbers from 0 to 1 that the editor shows as percentages. */
const SHARES = new Set(['budgetPolicy.alertThreshold', 'budgetPolicy.criticalThreshold']);

const SINGULARS: Record<string, string> = { entries: 'entry', retries: 'retry' };

function counted(unit: string, value: number): string {
  return value === 1 ? (SINGULARS[unit] ?? unit.replace(/s$/, '')) : unit;
}

function describeItem(item: unknown): string {
  if (typeof item === 'string') return item;
  if (isFallback(item)) {
    return `${item.provider}/${item.model} (priority ${item.priority}, ${describeDuration(item.timeoutMs)})`;
  }
  return JSON.stringify(item);
}

function describeEntry({ unit }: PolicyField, entry: unknown): string {
  if (typeof entry === 'number') return unit === '%' ? `${entry}%` : String(entry);
  if (Array.isArray(entry)) return `(${entry.join(', ')})`;
  if (typeof entry !== 'object' || entry === null) return String(entry);
  const limits = Object.entries(entry as Record<string, unknown>)
    .filter(([, value]) => value !== 0)
    .map(([key, value]) => `${ENTRY_WORDS[key] ?? key} ${String(value)}`);
  return `(${limits.join(', ') || 'unlimited'})`;
}

const ENTRY_WORDS: Record<string, string> = {
  requestsPerMinute: 'requests a minute',
  tokensPerMinute: 'tokens a minute',
};

type FallbackItem = { provider: string; model: string; priority: number; timeoutMs: number };

function isFallback(item: unknown): item is FallbackItem {
  if (typeof item !== 'object' || item === null) return false;
  return 'provider' in item && 'model' in item && 'priority' in item && 'timeoutMs' in item;
}
