import type { Clock } from '@/lib/gateway/types';

type Series = {
  estimate: number;
  /** The latest sample. */
  last: number;
  at: number;
  samples: number;
  inFlightSince: Set<number>;
};

/**
 * An attempt on its way; `end` once with what it took, with null when it failed, or with undefined when
 * it tells nothing of the target.
 */
export type LatencyProbe = { end(sample: number | null | undefined): void };

const FAILURE_FACTOR = 4;
/**
 * Weight of samples above the estimate, of one a little below it, and of one below half of it: a target
 * that is explored only once in a while has to be believed soon.
 */
const RISE = 0.6;
const FALL = 0.5;
const RECOVERY = 0.8;

/**
 * Recent latency by target: an exponentially weighted mean that follows a rise quickly and a fall a
 * little slower (after Finagle's Peak EWMA), forgets what is old, and counts the age of requests still
 * in flight, so that a target which hangs is noticed before its first late answer. A failure counts at once,
 * as a slow answer would.
 */
export class LatencyBook {
  private readonly series = new Map<string, Series>();

  constructor(
    private readonly clock: Clock,
    /** After this long without a sample a target counts as unknown, milliseconds. */
    private readonly forgetAfterMs = 60_000,
    private readonly maxTargets = 20_000,
  ) {}

  /**
   * What the samples say, in their own unit; Infinity when all that is known is that it fails or has yet
   * to answer its first request; null while nothing recent is known.
   */
  estimate(key: string): number | null {
    const series = this.series.get(key);
    if (!series) return null;
    if (!this.isStale(series)) return series.estimate;
    return series.inFlightSince.size > 0 ? Infinity : null;
  }

  /** How long the oldest request in flight has been waiting, milliseconds; 0 when none is. */
  waitingMs(key: string): number {
    const series = this.series.get(key);
    if (!series || series.inFlightSince.size === 0) return 0;
    return Math.max(0, this.clock.now() - Math.min(...series.inFlightSince));
  }

  start(key: string): LatencyProbe {
    const series = this.open(key);
    const startedAt = this.uniqueStart(series);
    series.inFlightSince.add(startedAt);
    let ended = false;
    return {
      end: (sample) => {
        if (ended) return;
        ended = true;
        series.inFlightSince.delete(startedAt);
        if (sample === undefined) return;
        if (sample !== null) this.learn(series, sample);
        else if (this.isStale(series)) this.set(series, Infinity);
        else this.set(series, series.estimate * FAILURE_FACTOR);
      },
    };
  }

  private learn(series: Series, sample: number): void {
    const { estimate, last } = series;
    series.last = sample;
    if (this.isStale(series) || !Number.isFinite(estimate)) return this.set(series, sample);
    // One late answer among quick ones is chance; two in a row are the target's doing.
    const rising = Math.min(sample, last);
    if (rising > estimate) return this.set(series, estimate + RISE * (rising - estimate));
    if (sample > estimate) return this.set(series, estimate);
    const weight = sample < estimate / 2 ? RECOVERY : FALL;
    this.set(series, estimate + weight * (sample - estimate));
  }

  private set(series: Series, estimate: number): void {
    series.estimate = estimate;
    series.at = this.clock.now();
    series.samples += 1;
  }

  private isStale({ samples, at }: Series): boolean {
    return samples === 0 || this.clock.now() - at > this.forgetAfterMs;
  }

  private open(key: string): Series {
    let series = this.series.get(key);
    if (!series) {
      if (this.series.size >= this.maxTargets) this.series.delete(this.series.keys().next().value!);
      series = { estimate: 0, last: 0, at: 0, samples: 0, inFlightSince: new Set() };
      this.series.set(key, series);
    }
    return series;
  }

  // A set of start times needs distinct members; two starts in one millisecond are told apart by a fraction.
  private uniqueStart(series: Series): number {
    let at = this.clock.now();
    while (series.inFlightSince.has(at)) at += 1e-3;
    return at;
  }
}
