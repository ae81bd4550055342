/** A time since the epoch holds fractions of a millisecond only so far: a sum of them must not lose a request. */
export const TOLERANCE_MS = 0.01;

/**
 * The generic cell rate algorithm (ITU-T I.371): one request every `intervalMs`, with a tolerance for
 * `burst` that come early, so `burst + 1` at once after a rest. Keeps one number, the time at which the
 * steady rate expects the next request.
 */
export class BurstSeries {
  private expected = 0;

  /** Milliseconds until a request conforms; 0 when it does now. */
  waitMs(now: number, burst: number, intervalMs: number): number {
    const wait = this.expected - burst * intervalMs - now;
    return wait > TOLERANCE_MS ? wait : 0;
  }

  /** How many requests would conform right now. */
  room(now: number, burst: number, intervalMs: number): number {
    const ahead = Math.max(0, this.expected - now);
    return Math.max(0, Math.floor((burst * intervalMs - ahead + TOLERANCE_MS) / intervalMs) + 1);
  }

  take(now: number, intervalMs: number): void {
    this.expected = Math.max(this.expected, now) + intervalMs;
  }

  giveBack(intervalMs: number): void {
    this.expected -= intervalMs;
  }

  /** When a request finds the series as if it were new. */
  expiresAt(): number {
    return this.expected;
  }
}
