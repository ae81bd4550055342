import { describe } from 'vitest';
import type { RateLimitStore } from '@/lib/policy/rate-limit/store';
import { burstAndSlotTests } from './testing/rate-limit-store/burst-and-slot-tests';
import { settlementTests } from './testing/rate-limit-store/settlement-tests';
import { subjectTests } from './testing/rate-limit-store/subject-tests';
import { windowTests } from './testing/rate-limit-store/window-tests';
import { rateLimitWorld, type FakeClock } from './testing/rate-limit-store/world';

/** What every store of rate limits promises; run against each of them. */
export function rateLimitStoreContract(
  name: string,
  open: (clock: FakeClock) => Promise<RateLimitStore>,
): void {
  describe(`rate limit store: ${name}`, () => {
    const world = rateLimitWorld(open);
    windowTests(world);
    burstAndSlotTests(world);
    subjectTests(world);
    settlementTests(world);
  });
}
