import type { AnswerCache, CacheKeeper } from '../ports';

const off = Promise.resolve({ status: 'off', reason: 'no cache is kept' } as const);

/** A cache that holds nothing. */
export const noCache: AnswerCache & CacheKeeper = {
  look: () => off,
  size: () => Promise.resolve({ entries: 0, bytes: 0 }),
  clear: () => Promise.resolve(),
};
