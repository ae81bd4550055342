import type { BudgetRequest } from '@/lib/gateway/ports';
import type { BudgetPolicy } from '@/lib/policy/budget/schema';
import type { Periods } from '../periods';
import { type AccountDeps, RoleAccount } from './account';

/** Money of a role that has been quiet for this long goes back to the store, milliseconds. */
const QUIET_MS = 20_000;

/** The accounts of this process: one a role for the current day, and those of days gone by until all is settled. */
export class AccountBook {
  /** Of the current day, by role. */
  private readonly current = new Map<string, RoleAccount>();
  /** Of days that are over, until the last request admitted in them has settled. */
  private readonly closing = new Set<RoleAccount>();

  constructor(private readonly deps: AccountDeps) {}

  all(): RoleAccount[] {
    return [...this.current.values(), ...this.closing];
  }

  /** The account a request is charged to, with the role's policy put in force. */
  open({ principal }: BudgetRequest, policy: BudgetPolicy, periods: Periods): RoleAccount {
    const { tenant, role } = principal;
    const known = this.current.get(role.id);
    if (known && samePeriods(known.key.periods, periods)) {
      known.adopt(policy);
      return known;
    }
    if (known) {
      known.giveUnusedBack();
      this.closing.add(known);
    }
    const account =
      this.reopened(role.id, periods) ??
      new RoleAccount({ tenantId: tenant.id, roleId: role.id, periods }, policy, this.deps);
    account.adopt(policy);
    this.current.set(role.id, account);
    return account;
  }

  /** The account if it is open, left as it is. */
  find(roleId: string, periods: Periods): RoleAccount | null {
    const known = this.current.get(roleId);
    return known && samePeriods(known.key.periods, periods) ? known : null;
  }

  /** Has money of roles that are quiet go back with the next flush. */
  returnQuiet(now: number): void {
    for (const account of this.all())
      if (now - account.lastUsedAt > QUIET_MS) account.giveUnusedBack();
  }

  /** Forgets accounts with nothing left to settle or to give back. */
  prune(now: number): void {
    for (const account of this.closing) if (account.isIdle) this.closing.delete(account);
    for (const [role, account] of this.current)
      if (account.isIdle && now - account.lastUsedAt > QUIET_MS) this.current.delete(role);
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
}

function samePeriods(a: Periods, b: Periods): boolean {
  return (
    a === b ||
    (a.day.startsAt === b.day.startsAt &&
      a.week.startsAt === b.week.startsAt &&
      a.month.startsAt === b.month.startsAt)
  );
}
