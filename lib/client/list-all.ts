import { api, withQuery, type Query } from './api';
import type { Page } from './types';

const PAGE_SIZE = 100;
const MAX_PAGES = 50;

/** Reads a list to its end, page by page; 5,000 items at most, which no console list is meant to pass. */
export async function listAll<T>(
  path: string,
  signal?: AbortSignal,
  query: Query = {},
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer: Page<T> = await api.get<Page<T>>(
      withQuery(path, { ...query, limit: PAGE_SIZE, cursor }),
      {
        signal,
      },
    );
    items.push(...answer.items);
    cursor = answer.nextCursor;
    if (!cursor) break;
  }
  return items;
}
