/** Whether the answer that others waited for is there. */
export type FlightEnd = 'landed' | 'failed';

/** Requests that ask for the same at the same time: the first goes, the others wait for it. */
export class SingleFlight {
  private readonly flights = new Map<
    string,
    { ended: Promise<FlightEnd>; end: (how: FlightEnd) => void }
  >();

  /** Takes the lead for a key, or answers null when another has it. The function ends the flight. */
  lead(key: string): ((how: FlightEnd) => void) | null {
    if (this.flights.has(key)) return null;
    let settle: (how: FlightEnd) => void = () => undefined;
    const ended = new Promise<FlightEnd>((resolve) => (settle = resolve));
    const end = (how: FlightEnd) => {
      if (this.flights.get(key)?.ended === ended) this.flights.delete(key);
      settle(how);
    };
    this.flights.set(key, { ended, end });
    return end;
  }

  /** How the flight of a key ended; `failed` also when it takes longer than `waitMs` or the signal says stop. */
  async join(key: string, waitMs: number, signal: AbortSignal): Promise<FlightEnd> {
    const flight = this.flights.get(key);
    if (!flight || signal.aborted) return 'failed';
    let giveUp: () => void = () => undefined;
    const late = new Promise<FlightEnd>((resolve) => (giveUp = () => resolve('failed')));
    const timer = setTimeout(giveUp, waitMs);
    signal.addEventListener('abort', giveUp);
    const how = await Promise.race([flight.ended, late]);
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
    return how;
  }
}
