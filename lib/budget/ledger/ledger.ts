import type { BudgetHold, BudgetLedger, BudgetRequest } from '@/lib/gateway/ports';
import { nameOf } from '@/lib/gateway/ports';
import type { Clock, Target } from '@/lib/gateway/types';
import type { Deny, WarningCode } from '@/lib/policy/decision';
import type { BudgetPolicy } from '@/lib/policy/budget/schema';
import type { RateLimitStore } from '@/lib/policy/rate-limit/store';
import { type BudgetWindow, type Periods, periodsAt } from '../periods';
import { worstCaseTokens } from '../worst-case';
import { type AccountDeps, type Reservation, RoleAccount } from './account';
import { capsOf, exhaustedWindow, worstLevel } from './limits';
import { throttlePlan } from './throttle';
import type { Totals } from './store';
import { toUnits, toUsd, type Units } from './units';

export type LedgerDeps = AccountDeps & {
  /** Counts the requests of throttled roles. */
  rateLimits: RateLimitStore;
};

const LEVEL_WARNING: Record<'warning' | 'critical' | 'exceeded', WarningCode> = {
  warning: 'budget_alert',
  critical: 'budget_critical',
  exceeded: 'budget_exceeded',
};
const WINDOW_NAME: Record<BudgetWindow, string> = {
  day: 'daily',
  week: 'weekly',
  month: 'monthly',
};
/** Money of a role that has been quiet for this long goes back to the store, milliseconds. */
const QUIET_MS = 20_000;
/** A flush may find out that there is more to give back, or meet a lease that was just drawn. */
const MOST_DRAIN_ROUNDS = 5;

/**
 * Budgets as a ledger: the worst case is reserved before an attempt and settled to what it cost after
 * it, out of leases drawn from the store ahead of need.
 */
export class LeasedLedger implements BudgetLedger {
  /** Accounts of the current day, by role. */
  private readonly accounts = new Map<string, RoleAccount>();
  /** Accounts of days that are over, until the last request admitted in them has settled. */
  private readonly closing = new Set<RoleAccount>();
  private timer: NodeJS.Timeout | null = null;
  private flushing: Promise<void> = Promise.resolve();
  private waitingFlush: Promise<void> | null = null;

  constructor(private readonly deps: LedgerDeps) {}

  /** Stores what is settled every `everyMs`, and keeps leases alive. */
  start(everyMs: number): void {
    this.timer ??= setInterval(() => void this.flush().catch(this.deps.onFault), everyMs);
    this.timer.unref();
  }

  async open(request: BudgetRequest): Promise<
    | {
        decision: { verdict: 'allow' | 'skip'; reason: string; warnings?: WarningCode[] };
        hold: BudgetHold;
      }
    | { decision: Deny }
  > {
    const policy = request.policy.document.budgetPolicy;
    if (!policy.enabled) return { decision: skipped, hold: this.tracking(request, policy) };
    const refused = this.refusedTarget(request, policy);
    if (refused) return { decision: refused };
    const account = request.dryRun ? null : this.account(request, policy);
    await account?.load();
    const spent = account ? account.spent() : await this.spentNow(request);
    const exhausted = exhaustedWindow(spent, capsOf(policy));
    if (exhausted && policy.onExceeded === 'block') {
      return { decision: exceeded(exhausted, this.periods(request), this.deps.clock) };
    }
    const warnings: WarningCode[] = [];
    const level = worstLevel(spent, policy);
    if (level !== 'none') warnings.push(LEVEL_WARNING[level]);
    if (exhausted && policy.onExceeded === 'throttle') {
      const refusal = await this.throttle(request, policy);
      if (refusal) return { decision: refusal };
      warnings.push('budget_throttled');
    }
    const hold = account ? new AccountHold(request, policy, account, this.deps.clock) : NO_HOLD;
    const reason = level === 'none' ? 'within the budget' : `budget level: ${level}`;
    return { decision: { verdict: 'allow', reason, warnings }, hold };
  }

  /** What a role without a budget spends is kept too, so that one switched on later counts it. */
  private tracking(request: BudgetRequest, policy: BudgetPolicy): BudgetHold {
    if (request.dryRun) return NO_HOLD;
    return new AccountHold(request, policy, this.account(request, policy), this.deps.clock);
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
    const accounts = [...this.accounts.values(), ...this.closing];
    for (const account of accounts)
      if (now - account.lastUsedAt > QUIET_MS) account.giveUnusedBack();
    const results = await Promise.allSettled(
      accounts.filter((each) => each.needsFlush).map((each) => each.flush()),
    );
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    discard();
    for (const account of this.closing) if (account.isIdle) this.closing.delete(account);
    for (const [role, account] of this.accounts) {
      if (account.isIdle && now - account.lastUsedAt > QUIET_MS) this.accounts.delete(role);
    }
  }

  /** Stops the clockwork, stores all and gives every lease back. */
  async drain(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
    for (let round = 0; round < MOST_DRAIN_ROUNDS; round += 1) {
      const accounts = [...this.accounts.values(), ...this.closing];
      if (round > 0 && accounts.every((each) => each.isIdle)) return;
      for (const account of accounts) account.giveUnusedBack();
      await this.flush();
    }
  }

  /** Reserved now, in this process, by role: for the console. USD. */
  reservedUsd(roleId: string): string {
    const own = [...this.closing, ...this.accounts.values()].filter(
      (each) => each.key.roleId === roleId,
    );
    return toUsd(own.reduce((sum, each) => sum + each.reservedUnits, 0n));
  }

  private account(request: BudgetRequest, policy: BudgetPolicy): RoleAccount {
    const { role } = request.principal;
    const periods = this.periods(request);
    const known = this.accounts.get(role.id);
    if (known && samePeriods(known.key.periods, periods)) {
      known.adopt(policy);
      return known;
    }
    if (known) {
      known.giveUnusedBack();
      this.closing.add(known);
    }
    const account = this.reopened(role.id, periods) ?? this.created(request, policy, periods);
    account.adopt(policy);
    this.accounts.set(role.id, account);
    return account;
  }

  /** An account whose day has come back, because the clock was set back: two would share one lease. */
  private reopened(roleId: string, periods: Periods): RoleAccount | null {
    for (const account of this.closing) {
      if (account.key.roleId !== roleId || !samePeriods(account.key.periods, periods)) continue;
      this.closing.delete(account);
      return account;
    }
    return null;
  }

  private created({ principal }: BudgetRequest, policy: BudgetPolicy, periods: Periods) {
    const { tenant, role } = principal;
    return new RoleAccount({ tenantId: tenant.id, roleId: role.id, periods }, policy, this.deps);
  }

  private periods({ principal }: BudgetRequest): Periods {
    return periodsAt(this.deps.clock.now(), principal.tenant.timezone);
  }

  /** What is spent, without taking an account over: a dry run may try a policy that is not in force. */
  private async spentNow(request: BudgetRequest): Promise<Totals> {
    const { tenant, role } = request.principal;
    const periods = this.periods(request);
    const known = this.accounts.get(role.id);
    if (known && samePeriods(known.key.periods, periods)) return known.spent();
    return this.deps.store.totals({ tenantId: tenant.id, roleId: role.id, periods });
  }

  /** What is refused before anything is planned: the model that was named has no price, or is too dear. */
  private refusedTarget(request: BudgetRequest, policy: BudgetPolicy): Deny | null {
    const [target] = request.targets;
    if (!target) return null;
    const tokens = worstCaseTokens(request.request, target);
    const worst = request.principal.prices.worstCaseOf(nameOf(target), tokens);
    return refusalByPrice(request, policy, { target, worstCaseUsd: worst, spent: 0n });
  }

  private async throttle(request: BudgetRequest, policy: BudgetPolicy): Promise<Deny | null> {
    const { tenant, role } = request.principal;
    const plan = throttlePlan(
      { tenantId: tenant.id, roleId: role.id },
      policy.throttleRequestsPerMinute,
    );
    const cost = { requests: 1, tokens: 0 };
    const { rateLimits } = this.deps;
    const taken = request.dryRun
      ? await rateLimits.check(plan, cost)
      : await rateLimits.acquire(plan, cost);
    if (taken.granted) return null;
    return {
      verdict: 'deny',
      code: taken.code === 'unavailable' ? 'unavailable' : 'rate_limit_exceeded',
      message: `The budget of this role is used up, so it is throttled to ${policy.throttleRequestsPerMinute} requests a minute. Try again later or ask your administrator for a larger budget.`,
      param: null,
      reason: 'throttled: the budget is exceeded',
      retryAfterSeconds: (taken.retryAfterMs ?? 60_000) / 1000,
    };
  }
}

/** One request's reservations; attempts come one after the other. */
class AccountHold implements BudgetHold {
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

  async reserve(attempt: { target: Target; worstCaseUsd: string | null }) {
    this.giveBack();
    if (!this.policy.enabled) return skipped;
    const { target, worstCaseUsd } = attempt;
    const refused = refusalByPrice(this.request, this.policy, {
      target,
      worstCaseUsd,
      spent: this.spent,
    });
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

type PricedAttempt = {
  target: Target;
  worstCaseUsd: string | null;
  /** What the request's earlier attempts cost. */
  spent: Units;
};

function refusalByPrice(
  request: BudgetRequest,
  policy: BudgetPolicy,
  attempt: PricedAttempt,
): Deny | null {
  const { target, worstCaseUsd, spent } = attempt;
  const most = policy.maxCostPerRequest;
  if (worstCaseUsd === null)
    return policy.onExceeded === 'block' || most > 0 ? unpriced(target) : null;
  if (most === 0 || spent + toUnits(worstCaseUsd, 'up') <= toUnits(most)) return null;
  return tooDear(request, policy, target, worstCaseUsd, spent);
}

function tooDear(
  request: BudgetRequest,
  policy: BudgetPolicy,
  target: Target,
  worstCaseUsd: string,
  spent: Units,
): Deny {
  const fits = mostOutputTokens(request, target, toUnits(policy.maxCostPerRequest) - spent);
  const remedy = fits > 0 ? `Set max_tokens to ${fits} or less` : 'Shorten the prompt';
  return {
    verdict: 'deny',
    code: 'request_cost_exceeded',
    message: `This request could cost up to ${worstCaseUsd} USD with ${target.connection.name}/${target.model}; the role allows ${toUsd(toUnits(policy.maxCostPerRequest))} USD a request. ${remedy}, or use a cheaper model.`,
    param: 'max_tokens',
    reason: `worst case ${worstCaseUsd} USD is above maxCostPerRequest`,
  };
}

/** The largest answer whose worst case fits, by bisection; 0 when even none does. */
function mostOutputTokens(
  { principal, request }: BudgetRequest,
  target: Target,
  most: Units,
): number {
  const tokens = worstCaseTokens(request, target);
  const choices = request.n ?? 1;
  const fits = (perChoice: number): boolean => {
    const output = perChoice * choices;
    const cost = principal.prices.worstCaseOf(nameOf(target), { ...tokens, output });
    return cost !== null && toUnits(cost, 'up') <= most;
  };
  let low = 0;
  let high = Math.floor(tokens.output / choices);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

const skipped = { verdict: 'skip', reason: 'section is off' } as const;
const NO_HOLD: BudgetHold = {
  reserve: () => Promise.resolve(skipped),
  settle: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

function samePeriods(a: Periods, b: Periods): boolean {
  return (
    a.day.startsAt === b.day.startsAt &&
    a.week.startsAt === b.week.startsAt &&
    a.month.startsAt === b.month.startsAt
  );
}

function exceeded(window: BudgetWindow, periods: Periods, clock: Clock): Deny {
  const { endsAt } = periods[window];
  return {
    verdict: 'deny',
    code: 'budget_exceeded',
    message: `The ${WINDOW_NAME[window]} budget of this role is used up. It resets at ${new Date(endsAt).toISOString()}; until then ask your administrator for a larger budget.`,
    param: null,
    reason: `the ${WINDOW_NAME[window]} limit leaves nothing for this request`,
    retryAfterSeconds: Math.max(1, Math.ceil((endsAt - clock.now()) / 1000)),
  };
}

function unpriced({ connection, model }: Target): Deny {
  return {
    verdict: 'deny',
    code: 'model_unpriced',
    message: `The model ${connection.name}/${model} has no price, and this role's budget allows no call of unknown cost. Ask your administrator to set its price, or use another model.`,
    param: 'model',
    reason: 'no price under a budget that blocks',
  };
}
