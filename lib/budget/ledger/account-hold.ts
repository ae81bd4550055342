import type { BudgetHold, BudgetRequest } from '@/lib/gateway/ports';
import type { Clock } from '@/lib/gateway/types';
import type { BudgetPolicy } from '@/lib/policy/budget/schema';
import type { Reservation, RoleAccount } from './account';
import { refusedByPrice } from './price-check';
import { exceeded } from './refusals';
import { toUnits, toUsd } from './units';

export const SKIPPED = { verdict: 'skip', reason: 'section is off' } as const;

/** Holds nothing: for dry runs. */
export const NO_HOLD: BudgetHold = {
  reserve: () => Promise.resolve(SKIPPED),
  settle: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

/** One request's reservations; attempts come one after the other. */
export class AccountHold implements BudgetHold {
  private current: Reservation | null = null;
  private entries = 0;
  private spent = 0n;
  private readonly admittedAt: number;

  constructor(
    private readonly request: BudgetRequest,
    private readonly policy: BudgetPolicy,
    private readonly account: RoleAccount,
    private readonly clock: Clock,
  ) {
    const { startsAt, endsAt } = account.key.periods.day;
    // The windows were chosen a moment ago; midnight may have passed since.
    this.admittedAt = Math.max(startsAt, Math.min(clock.now(), endsAt - 1));
  }

  async reserve(attempt: Parameters<BudgetHold['reserve']>[0]) {
    this.giveBack();
    if (!this.policy.enabled) return SKIPPED;
    const { target, worstCaseUsd } = attempt;
    const { spent } = this;
    const refused = refusedByPrice(this.request, this.policy, { target, worstCaseUsd, spent });
    if (refused) return refused;
    if (worstCaseUsd === null)
      return { verdict: 'skip', reason: 'the model has no price' } as const;
    const worst = toUnits(worstCaseUsd, 'up');
    const blocks = this.policy.onExceeded === 'block';
    const reserved = blocks ? await this.account.reserve(worst) : { amount: 0n };
    if ('window' in reserved)
      return exceeded(reserved.window, this.account.key.periods, this.clock);
    this.current = reserved;
    return { verdict: 'allow', reason: `reserved ${toUsd(reserved.amount)} USD` } as const;
  }

  settle({ costUsd, usage }: Parameters<BudgetHold['settle']>[0]): Promise<void> {
    const cost = toUnits(costUsd ?? 0);
    const reservation = this.current ?? { amount: 0n };
    this.current = null;
    this.spent += cost;
    const tokens = (usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0);
    if (cost === 0n && tokens === 0) this.account.release(reservation);
    else {
      this.entries += 1;
      const id = `${this.request.requestId}/${this.entries}`;
      this.account.settle(reservation, { id, at: this.admittedAt, cost, tokens });
    }
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.giveBack();
    return Promise.resolve();
  }

  private giveBack(): void {
    if (this.current) this.account.release(this.current);
    this.current = null;
  }
}
