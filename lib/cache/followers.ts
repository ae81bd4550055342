import type { CacheRequest } from '@/lib/gateway/ports';
import { shelfKey, type CacheEntry, type Shelf } from './entry';
import { SingleFlight } from './single-flight';

/** Waiting for another's answer beyond this helps nobody when the policy bounds no attempt. */
const DEFAULT_WAIT_MS = 30_000;

/** What a request finds that nothing kept answers. */
export type Place =
  /** It is the first: others may be waiting for what it brings, null for nothing. */
  | { kind: 'leads'; end: (entry: CacheEntry | null) => void }
  /** Another was first; `entry` is what that one brought, null when it brought nothing in time. */
  | { kind: 'followed'; entry: CacheEntry | null };

/** Lets requests that ask for the same at the same time make one call. */
export class Followers {
  private readonly flights = new SingleFlight<CacheEntry>();

  async place(asked: CacheRequest, shelf: Shelf, exactKey: string): Promise<Place> {
    const flight = `${shelfKey(shelf)}/${exactKey}`;
    const end = this.flights.lead(flight);
    if (end) return { kind: 'leads', end };
    return {
      kind: 'followed',
      entry: await this.flights.join(flight, waitOf(asked), asked.signal),
    };
  }
}

/** What the policy allows one attempt: an answer that takes longer is not worth waiting for. */
function waitOf({ policy }: CacheRequest): number {
  const { enabled, requestTimeoutMs } = policy.resiliencePolicy.policy;
  return enabled ? requestTimeoutMs : DEFAULT_WAIT_MS;
}
