/** Requests that ask for the same at the same time: the first goes, the others wait for what it brings. */
export class SingleFlight<T> {
  private readonly flights = new Map<string, Promise<T | null>>();

  /** Takes the lead for a key, or answers null when another has it. The function ends the flight; null: it failed. */
  lead(key: string): ((brought: T | null) => void) | null {
    if (this.flights.has(key)) return null;
    let settle: (brought: T | null) => void = () => undefined;
    const ended = new Promise<T | null>((resolve) => (settle = resolve));
    this.flights.set(key, ended);
    return (brought) => {
      if (this.flights.get(key) === ended) this.flights.delete(key);
      settle(brought);
    };
  }

  /** What the flight of a key brought; null also when it takes longer than `waitMs` or the signal says stop. */
  async join(key: string, waitMs: number, signal: AbortSignal): Promise<T | null> {
    const flight = this.flights.get(key);
    if (!flight || signal.aborted) return null;
    let giveUp: () => void = () => undefined;
    const late = new Promise<null>((resolve) => (giveUp = () => resolve(null)));
    const timer = setTimeout(giveUp, waitMs);
    signal.addEventListener('abort', giveUp);
    const brought = await Promise.race([flight, late]);
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
    return brought;
  }
}
