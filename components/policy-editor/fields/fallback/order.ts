import type { Fallback } from '@/lib/policy/resilience/schema';

/** The chain in the order in which it is tried: lowest priority number first. */
export function byPriority<T extends Pick<Fallback, 'priority'>>(chain: readonly T[]): T[] {
  return [...chain].sort((a, b) => a.priority - b.priority);
}

/** The list with one entry taken from one place to another; the list itself when that changes nothing. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  if (from === to || to < 0 || to >= list.length || from < 0 || from >= list.length) return list;
  const copy = [...list];
  copy.splice(to, 0, ...copy.splice(from, 1));
  return copy;
}

/** How a target is called in announcements: "openai/gpt-4o", or its place while it has no name. */
export function targetName(
  { provider, model }: Pick<Fallback, 'provider' | 'model'>,
  index: number,
) {
  const name = [provider, model].filter(Boolean).join('/');
  return name || `fallback ${index + 1}`;
}
