import type { BudgetHold, BudgetLedger, BudgetRequest } from '@/lib/gateway/ports';
import type { Deny, WarningCode } from '@/lib/policy/decision';
import type { BudgetPolicy } from '@/lib/policy/budget/schema';
import { planThrottle } from '@/lib/policy/rate-limit/plan';
import type { RateLimitStore } from '@/lib/policy/rate-limit/store';
import { type Periods, periodsAt } from '../periods';
import type { AccountDeps } from './account';
import { AccountBook } from './account-book';
import { AccountHold, NO_HOLD, SKIPPED } from './account-hold';
import { capsOf, exhaustedWindow, worstLevel } from './limits';
import { refusedTarget } from './price-check';
import { exceeded, throttled } from './refusals';
import type { Totals } from './store';

export type LedgerDeps = AccountDeps & {
  /** Counts the requests of throttled roles. */
  rateLimits: RateLimitStore;
};

type Opened =
  | {
      decision: { verdict: 'allow' | 'skip'; reason: string; warnings?: WarningCode[] };
      hold: BudgetHold;
    }
  | { decision: Deny };

const LEVEL_WARNING: Record<'warning' | 'critical' | 'exceeded', WarningCode> = {
  warning: 'budget_alert',
  critical: 'budget_critical',
  exceeded: 'budget_exceeded',
};
/** A flush may find out that there is more to give back, or meet a lease that was just drawn. */
const MOST_DRAIN_ROUNDS = 5;

/**
 * Budgets as a ledger: the worst case is reserved before an attempt and settled to what it cost after
 * it, out of leases drawn from the store ahead of need.
 */
export class LeasedLedger implements BudgetLedger {
  private readonly accounts: AccountBook;
  private timer: NodeJS.Timeout | null = null;
  private flushing: Promise<void> = Promise.resolve();
  private waitingFlush: Promise<void> | null = null;

  constructor(private readonly deps: LedgerDeps) {
    this.accounts = new AccountBook(deps);
  }

  /** Stores what is settled every `everyMs`, and keeps leases alive. */
  start(everyMs: number): void {
    this.timer ??= setInterval(() => void this.flush().catch(this.deps.onFault), everyMs);
    this.timer.unref();
  }

  async open(request: BudgetRequest): Promise<Opened> {
    const policy = request.policy.document.budgetPolicy;
    if (!policy.enabled) return { decision: SKIPPED, hold: this.tracking(request, policy) };
    const refused = refusedTarget(request, policy);
    if (refused) return { decision: refused };
    const periods = this.periods(request);
    const account = request.dryRun ? null : this.accounts.open(request, policy, periods);
    await account?.load();
    const spent = account ? account.spent() : await this.spentNow(request, periods);
    const exhausted = exhaustedWindow(spent, capsOf(policy));
    if (exhausted && policy.onExceeded === 'block')
      return { decision: exceeded(exhausted, periods, this.deps.clock) };
    const warnings: WarningCode[] = [];
    const level = worstLevel(spent, policy);
    if (level !== 'none') warnings.push(LEVEL_WARNING[level]);
    if (exhausted && policy.onExceeded === 'throttle') {
      const refusal = await this.throttle(request);
      if (refusal) return { decision: refusal };
      warnings.push('budget_throttled');
    }
    const hold = account ? new AccountHold(request, policy, account, this.deps.clock) : NO_HOLD;
    const reason = level === 'none' ? 'within the budget' : `budget level: ${level}`;
    return { decision: { verdict: 'allow', reason, warnings }, hold };
  }

  /**
   * Stores everything settled so far. Rejects with the first fault after all accounts were tried. One
   * flush follows the other: what is settled during one is in the next one's page of the journal.
   */
  flush(): Promise<void> {
    // Whoever asked for the flush before hears of its fault.
    const before = this.flushing.catch(() => undefined);
    this.waitingFlush ??= before.then(() => {
      this.waitingFlush = null;
      this.flushing = this.flushOnce();
      return this.flushing;
    });
    return this.waitingFlush;
  }

  private async flushOnce(): Promise<void> {
    const discard = this.deps.journal.turn();
    const now = this.deps.clock.now();
    this.accounts.returnQuiet(now);
    const due = this.accounts.all().filter((each) => each.needsFlush);
    const results = await Promise.allSettled(due.map((each) => each.flush()));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    discard();
    this.accounts.prune(now);
  }

  /** Stops the clockwork, stores all and gives every lease back. */
  async drain(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
    for (let round = 0; round < MOST_DRAIN_ROUNDS; round += 1) {
      const accounts = this.accounts.all();
      if (round > 0 && accounts.every((each) => each.isIdle)) return;
      for (const account of accounts) account.giveUnusedBack();
      await this.flush();
    }
  }

  /** What a role without a budget spends is kept too, so that one switched on later counts it. */
  private tracking(request: BudgetRequest, policy: BudgetPolicy): BudgetHold {
    if (request.dryRun) return NO_HOLD;
    const account = this.accounts.open(request, policy, this.periods(request));
    return new AccountHold(request, policy, account, this.deps.clock);
  }

  private periods({ principal }: BudgetRequest): Periods {
    return periodsAt(this.deps.clock.now(), principal.tenant.timezone);
  }

  /** What is spent, without taking an account over: a dry run may try a policy that is not in force. */
  private async spentNow({ principal }: BudgetRequest, periods: Periods): Promise<Totals> {
    const { tenant, role } = principal;
    const known = this.accounts.find(role.id, periods);
    return (
      known?.spent() ?? this.deps.store.totals({ tenantId: tenant.id, roleId: role.id, periods })
    );
  }

  private async throttle({ principal, policy, dryRun }: BudgetRequest): Promise<Deny | null> {
    const { tenant, role } = principal;
    const plan = planThrottle(policy, { tenantId: tenant.id, roleId: role.id });
    const cost = { requests: 1, tokens: 0 };
    const { rateLimits } = this.deps;
    const taken = dryRun
      ? await rateLimits.check(plan, cost)
      : await rateLimits.acquire(plan, cost);
    return taken.granted ? null : throttled(taken, policy.document.budgetPolicy);
  }
}
