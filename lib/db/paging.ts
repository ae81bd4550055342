import 'server-only';
import { AppError } from '@/lib/errors/app-error';
import { isUuid } from './uuid';

/** `?limit=&cursor=` of a list. */
export type PageRequest = { limit?: number; cursor?: string | null };
/** A page of views; `nextCursor` is null on the last. */
export type Page<T> = { items: T[]; nextCursor: string | null };

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

/** Rows asked for, within bounds. */
export function limitOf({ limit }: PageRequest): number {
  return Math.min(Math.max(1, Math.trunc(limit ?? DEFAULT_LIMIT)), MAX_LIMIT);
}

/** Where a page ends: the sort key's text and the row's id, so that rows of equal keys are neither lost nor repeated. */
export type Position = { key: string; id: string };

/**
 * Reads a cursor.
 * @throws AppError validation_failed when it is not one that a former page answered
 */
export function positionOf({ cursor }: PageRequest): Position | null {
  if (!cursor) return null;
  const [key, id, ...rest] = Buffer.from(cursor, 'base64url').toString('utf8').split('\n');
  if (
    key === undefined ||
    id === undefined ||
    rest.length > 0 ||
    key.includes('\0') ||
    id.includes('\0')
  ) {
    throw invalidCursor();
  }
  return { key, id };
}

/** As `positionOf`, where the sort key is a time. */
export function timePositionOf(request: PageRequest): { at: Date; id: string } | null {
  const position = positionOf(request);
  if (!position) return null;
  const at = new Date(position.key);
  // PostgreSQL knows fewer years than JavaScript does.
  if (!(at.getTime() >= 0 && at.getTime() < Date.UTC(9999, 11, 31))) throw invalidCursor();
  return { at, id: position.id };
}

/** Condition of the rows after a cursor, of tables with a UUID that list the newest first (ties by id). */
export function olderThan(request: PageRequest) {
  const after = timePositionOf(request);
  if (!after) return {};
  if (!isUuid(after.id)) throw invalidCursor();
  return { OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { gt: after.id } }] };
}
export const newestFirst = [{ createdAt: 'desc' as const }, { id: 'asc' as const }];

/** The same for tables that list the oldest first. */
export function newerThan(request: PageRequest) {
  const after = timePositionOf(request);
  if (!after) return {};
  if (!isUuid(after.id)) throw invalidCursor();
  return { OR: [{ createdAt: { gt: after.at } }, { createdAt: after.at, id: { gt: after.id } }] };
}
export const oldestFirst = [{ createdAt: 'asc' as const }, { id: 'asc' as const }];

/** Makes a page of `limit + 1` rows read: the extra one only tells that there are more. */
export function pageOf<Row, View>(
  rows: Row[],
  limit: number,
  view: (row: Row) => View,
  position: (row: Row) => { key: string | Date; id: string },
): Page<View> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(view),
    nextCursor: rows.length > limit && last ? cursorOf(position(last)) : null,
  };
}

function cursorOf({ key, id }: { key: string | Date; id: string }): string {
  return Buffer.from(`${key instanceof Date ? key.toISOString() : key}\n${id}`, 'utf8').toString(
    'base64url',
  );
}

function invalidCursor(): AppError {
  const message =
    'The cursor is not one that a former page answered: leave it out to start from the first page.';
  return new AppError('validation_failed', message, { issues: [{ path: 'cursor', message }] });
}
