/** What a request opens - a slot, a reservation, a cache miss - and how each is closed again. */
export class Scope {
  private readonly closers: { name: string; close: () => void | Promise<void> }[] = [];
  private closing: Promise<void> | null = null;

  /** `onFault` hears of a closer that broke; the others still run. */
  constructor(private readonly onFault: (name: string, error: unknown) => void) {}

  /**
   * `close` runs once, whatever became of the request: answered, refused, broken off, aborted. Closers
   * run in reverse order of opening. Opening something on a scope that is already closed closes it at once.
   */
  defer(name: string, close: () => void | Promise<void>): void {
    this.closers.push({ name, close });
    if (this.closing) this.closing = this.closing.then(() => this.unwind());
  }

  /** Idempotent; never rejects. */
  close(): Promise<void> {
    return (this.closing ??= this.unwind());
  }

  private async unwind(): Promise<void> {
    for (let next = this.closers.pop(); next; next = this.closers.pop()) {
      try {
        await next.close();
      } catch (error) {
        this.onFault(next.name, error);
      }
    }
  }
}
