import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Encoder } from '@/lib/encoder/encoder';
import { quantile } from '../load';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes in use, on the heap and beside it. */
export function bytesInUse(): number {
  collectGarbage();
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Runs `look` so many times; answers each time it took, milliseconds, sorted. */
export async function timed(
  rounds: number,
  look: (round: number) => Promise<number>,
): Promise<Float64Array> {
  const times = new Float64Array(rounds);
  for (let round = 0; round < rounds; round++) {
    times[round] = await look(round);
    await setImmediate();
  }
  return times.sort();
}

/** Median, 99th percentile and the longest. */
export const cells = (times: Float64Array): string =>
  [quantile(times, 0.5), quantile(times, 0.99), quantile(times, 1)]
    .map((ms) => ms.toFixed(2))
    .join(' | ');

/** An encoder that tells how long others waited for it. */
export function watched(encoder: Encoder): Pick<Encoder, 'encode'> & { waitedMs: number } {
  return {
    waitedMs: 0,
    async encode(text, options) {
      const from = performance.now();
      const vector = await encoder.encode(text, options);
      this.waitedMs += performance.now() - from;
      return vector;
    },
  };
}

const RESOLUTION_MS = 1;

/** How late the event loop's timers were while `work` ran, beyond the millisecond between them. */
export async function delayDuring(work: () => Promise<unknown>): Promise<string> {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  await work();
  delay.disable();
  const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS).toFixed(1);
  return `p50 ${late(delay.percentile(50))}, p99 ${late(delay.percentile(99))}, longest ${late(delay.max)} ms`;
}
