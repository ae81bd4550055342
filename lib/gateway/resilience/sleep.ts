import { setTimeout as delay } from 'node:timers/promises';
import type { Sleep } from './deps';

/** Sleeps by the process's timers; rejects with an AbortError once the signal is aborted. */
export const sleep: Sleep = async (ms, signal) => {
  await delay(ms, undefined, { signal });
};
