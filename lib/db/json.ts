import 'server-only';
import type { Prisma } from './generated/client';

/** What PostgreSQL refuses in jsonb although JSON allows it: U+0000 and halves of surrogate pairs. */
const REFUSED = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i;

/** JSON text that a jsonb column accepts whatever strings `value` holds: refused characters become U+FFFD. */
export function toJsonText(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null';
  // Hardly any text has such an escape, and to look for its two characters costs next to nothing.
  return text.includes('\\u') && REFUSED.test(text)
    ? JSON.stringify(cleaned(JSON.parse(text)))
    : text;
}

/** The same for a Prisma Json field. */
export function toJson(value: unknown): Prisma.InputJsonValue {
  return JSON.parse(toJsonText(value)) as Prisma.InputJsonValue;
}

/** Text that a text column accepts. */
export function cleanText(text: string): string {
  return text.replace(/\0|\p{Surrogate}/gu, '\uFFFD');
}

/** False for a text that no row can hold, so that a look-up by it finds nothing rather than fails. */
export function isStorable(text: string): boolean {
  return !text.includes('\0');
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [cleanText(key), cleaned(field)]),
  );
}
