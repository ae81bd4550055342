import type { PiiFinding } from '@/lib/policy/decision';
import type { PiiEntity } from '@/lib/policy/prompt/schema';

type Span = PiiFinding['spans'][number];
export type MarkedPart = { start: number; text: string; entity: PiiEntity | null };

/** Cuts a text at its spans, which come in order and do not overlap; spans beyond its end are left out. */
export function markedParts(
  text: string,
  spans: readonly Pick<Span, 'entity' | 'start' | 'end'>[],
): MarkedPart[] {
  const parts: MarkedPart[] = [];
  let position = 0;
  for (const { entity, start, end } of spans) {
    if (start < position || end > text.length) continue;
    if (start > position)
      parts.push({ start: position, text: text.slice(position, start), entity: null });
    parts.push({ start, text: text.slice(start, end), entity });
    position = end;
  }
  if (position < text.length)
    parts.push({ start: position, text: text.slice(position), entity: null });
  return parts;
}

/** What the last message of a dry run would say upstream; null when that is no text. */
export function sentText(messages: unknown): string | null {
  if (!Array.isArray(messages)) return null;
  const last: unknown = messages.at(-1);
  if (typeof last !== 'object' || last === null || !('content' in last)) return null;
  return typeof last.content === 'string' ? last.content : null;
}
