import { costIn } from '@/lib/policy/rate-limit/judge';
import type { RateLimitPlan, RateWindow } from '@/lib/policy/rate-limit/plan';
import type { RateLimitCost } from '@/lib/policy/rate-limit/store';

/** An amount in a bucket of a window. */
export type Charge = { window: RateWindow; bucket: number; amount: number };

/** What a grant has taken, and what has to be put right when it is extended, settled or cancelled. */
export class HeldWindows {
  private charges: Charge[] = [];

  constructor(private readonly cost: RateLimitCost) {}

  add(window: RateWindow, bucket: number): void {
    this.charges.push({ window, bucket, amount: costIn(window, this.cost) });
  }

  all(): readonly Charge[] {
    return this.charges;
  }

  /** The windows of a further plan that are not held yet; bursts and slots are taken once only. */
  missingFrom(plan: RateLimitPlan): RateLimitPlan {
    const held = new Set(this.charges.map(({ window }) => window.id));
    const windows = plan.windows.filter(({ id }) => !held.has(id));
    return { group: plan.group, windows, burst: null, concurrency: null };
  }

  /** Lets go of the windows that a further plan lacks; answers the tokens to give back. */
  drop(plan: RateLimitPlan): Charge[] {
    const wanted = new Set(plan.windows.map(({ id }) => id));
    const dropped = this.charges.filter(({ window }) => !wanted.has(window.id));
    this.charges = this.charges.filter(({ window }) => wanted.has(window.id));
    return dropped.filter(({ window }) => window.kind === 'tokens');
  }

  /**
   * What the actual tokens differ from the estimate, by window; negative is to be given back. Nothing
   * when the number is none: then the estimate is the best that is known.
   */
  corrections(actualTokens: number): Charge[] {
    if (!Number.isFinite(actualTokens)) return [];
    const actual = Math.max(0, Math.ceil(actualTokens));
    return this.charges
      .filter(({ window }) => window.kind === 'tokens')
      .map((charge) => ({ ...charge, amount: actual - charge.amount }));
  }
}
