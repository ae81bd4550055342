import type { Clock } from '../types';

/**
 * Time that passes only while everybody waits: it jumps to the next timer once each request under way is
 * at an upstream that is biding its time. What a test measures by it is the upstreams' delay alone, however
 * busy the machine is.
 */
export class VirtualTime implements Clock {
  private time = 1_770_000_000_000;
  private underWay = 0;
  private readonly timers: { at: number; fire: () => void }[] = [];

  now(): number {
    return this.time;
  }

  /** Lets time pass while nothing is under way. */
  advance(ms: number): void {
    this.time += ms;
  }

  /** For an upstream: resolves when so many milliseconds of this time have passed. */
  delay(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.timers.push({ at: this.time + ms, fire: resolve });
      this.consider();
    });
  }

  /** For a client: makes a request, which every jump waits for. */
  async request<T>(make: () => Promise<T>): Promise<T> {
    this.underWay += 1;
    try {
      return await make();
    } finally {
      this.underWay -= 1;
      this.consider();
    }
  }

  /** A client that is about to make its next request does so before the time is looked at. */
  private consider(): void {
    setImmediate(() => {
      if (this.timers.length === 0 || this.timers.length < this.underWay) return;
      this.timers.sort((a, b) => a.at - b.at);
      const { at, fire } = this.timers.shift()!;
      this.time = at;
      fire();
    });
  }
}
