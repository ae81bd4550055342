import type { AnswerCache } from '../ports';

const off = Promise.resolve({ status: 'off', reason: 'no cache is kept' } as const);

/** A cache that holds nothing. */
export const noCache: AnswerCache = { look: () => off };
