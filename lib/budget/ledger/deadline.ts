/**
 * A time span that begins now. It ends when either the wall clock or the process's own has run through
 * it, and at once when the wall clock is set back behind its beginning: a stepped clock never makes it last.
 */
export class Deadline {
  private from = 0;
  private until = 0;
  private monotonicUntil = 0;

  /** @param now wall clock, milliseconds since the epoch */
  set(now: number, forMs: number): void {
    this.from = now;
    this.until = now + forMs;
    this.monotonicUntil = performance.now() + forMs;
  }

  clear(): void {
    this.until = 0;
  }

  holds(now: number): boolean {
    return this.from <= now && now < this.until && performance.now() < this.monotonicUntil;
  }
}
