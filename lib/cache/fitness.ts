import type { CacheRequest } from '@/lib/gateway/ports';
import type { CacheEntry } from './entry';
import { isUsable } from './usable';

/** Whether an entry may be given: fresh enough, and right under the policy of now. */
export class Fitness {
  /** The policy and connections under which an entry was last found usable. */
  private readonly verified = new WeakMap<CacheEntry, readonly unknown[]>();

  /** @param onExpired hears of an entry that the policy's time to live has ended */
  constructor(private readonly onExpired: (entry: CacheEntry) => void) {}

  mayServe(asked: CacheRequest, entry: CacheEntry, maxAgeSeconds: number): boolean {
    const ageMs = asked.clock.now() - entry.createdAt;
    if (ageMs >= asked.policy.cachingPolicy.policy.ttlSeconds * 1000) {
      if (!asked.dryRun) this.onExpired(entry);
      return false;
    }
    if (ageMs > maxAgeSeconds * 1000) return false;
    const terms = [asked.policy, asked.principal.connections];
    const known = this.verified.get(entry);
    if (known && terms.every((term, index) => term === known[index])) return true;
    if (!isUsable(asked, entry)) return false;
    this.verified.set(entry, terms);
    return true;
  }
}
