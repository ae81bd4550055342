/** Parts into which a window is divided: capacity comes back in steps of at most a sixtieth of it. */
export const BUCKETS_PER_WINDOW = 60;

type Bucket = {
  /** Number of the sub-span since the epoch. */
  index: number;
  count: number;
  /** When the last of `count` came: the whole bucket leaves the window with it. */
  last: number;
};

/**
 * What was counted in a sliding window. Events that come in the same sixtieth of the window share a
 * bucket and leave the window together, with the last of them. So a limit checked against `used` holds
 * in every span of `windowMs`, wherever it begins, while a series keeps at most 61 buckets. With one
 * event to a bucket it is an exact sliding log.
 *
 * An event at `t` is in the window until just before `t + windowMs`.
 */
export class WindowSeries {
  private buckets: Bucket[] = [];
  private head = 0;
  private sum = 0;

  constructor(private readonly windowMs: number) {}

  /** Amount in the window that ends at `now`. */
  used(now: number): number {
    this.prune(now);
    return this.sum;
  }

  /** Counts an amount; the result names its bucket for `refund`. */
  add(now: number, amount: number): number {
    const newest = this.buckets.at(-1);
    // A clock that steps back must not make the series disordered.
    const at = Math.max(now, newest?.last ?? now);
    const index = Math.floor((at * BUCKETS_PER_WINDOW) / this.windowMs);
    this.sum += amount;
    if (newest && this.head < this.buckets.length && newest.index === index) {
      newest.count += amount;
      newest.last = at;
    } else {
      this.buckets.push({ index, count: amount, last: at });
    }
    return index;
  }

  /** Takes back at most `amount` of a bucket, if it is still in the window. */
  refund(now: number, index: number, amount: number): void {
    this.prune(now);
    for (let at = this.head; at < this.buckets.length; at++) {
      const bucket = this.buckets[at];
      if (!bucket || bucket.index !== index) continue;
      const back = Math.min(amount, bucket.count);
      bucket.count -= back;
      this.sum -= back;
      return;
    }
  }

  /** Milliseconds until at least `amount` has left the window; Infinity when it holds less. */
  waitToFree(now: number, amount: number): number {
    this.prune(now);
    let freed = 0;
    for (let at = this.head; at < this.buckets.length && freed < amount; at++) {
      const bucket = this.buckets[at];
      if (!bucket) break;
      freed += bucket.count;
      if (freed >= amount) return bucket.last + this.windowMs - now;
    }
    return amount <= 0 ? 0 : Number.POSITIVE_INFINITY;
  }

  /** Milliseconds until the window is empty. */
  resetMs(now: number): number {
    return Math.max(0, this.expiresAt() - now);
  }

  /** When nothing counted here matters any more. */
  expiresAt(): number {
    const newest = this.head < this.buckets.length ? this.buckets.at(-1) : undefined;
    return newest ? newest.last + this.windowMs : 0;
  }

  private prune(now: number): void {
    for (let oldest = this.buckets[this.head]; oldest; oldest = this.buckets[this.head]) {
      if (oldest.last + this.windowMs > now) break;
      this.sum -= oldest.count;
      this.head++;
    }
    if (this.head > BUCKETS_PER_WINDOW) {
      this.buckets = this.buckets.slice(this.head);
      this.head = 0;
    }
  }
}
