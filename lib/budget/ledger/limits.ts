import type { BudgetPolicy } from '@/lib/policy/budget/schema';
import { money, multiplyMoney } from '@/lib/money';
import { BUDGET_WINDOWS, type BudgetWindow } from '../periods';
import type { Caps, Totals } from './store';
import { toUnits, type Units } from './units';

/** How far a window's limit is used up. */
export type BudgetLevel = 'none' | 'warning' | 'critical' | 'exceeded';
const ORDER: readonly BudgetLevel[] = ['none', 'warning', 'critical', 'exceeded'];

/** The limits of a policy in units; null: unlimited. A section that is off has none. */
export function limitsOf(policy: BudgetPolicy): Caps {
  const units = (usd: number): Units | null => (policy.enabled && usd > 0 ? toUnits(usd) : null);
  return {
    day: units(policy.dailyLimitUSD),
    week: units(policy.weeklyLimitUSD),
    month: units(policy.monthlyLimitUSD),
  };
}

/** The limits with the soft limit's buffer, beyond which `onExceeded` acts. */
export function capsOf(policy: BudgetPolicy): Caps {
  const limits = limitsOf(policy);
  if (!policy.softLimitEnabled) return limits;
  const factor = money(100).plus(money(policy.softLimitBuffer)).dividedBy(100);
  const widen = (limit: Units | null): Units | null =>
    limit === null ? null : BigInt(multiplyMoney(limit.toString(), factor).floor().toFixed(0));
  return { day: widen(limits.day), week: widen(limits.week), month: widen(limits.month) };
}

export function levelOf(spent: Units, limit: Units | null, policy: BudgetPolicy): BudgetLevel {
  if (limit === null) return 'none';
  if (spent >= limit) return 'exceeded';
  const reaches = (share: number): boolean =>
    share > 0 &&
    money(spent.toString()).greaterThanOrEqualTo(multiplyMoney(limit.toString(), share));
  if (reaches(policy.criticalThreshold)) return 'critical';
  return reaches(policy.alertThreshold) ? 'warning' : 'none';
}

/** The levels up to and with this one, mildest first: all that spend which reached it has crossed. */
export function crossed(level: BudgetLevel): Exclude<BudgetLevel, 'none'>[] {
  return (['warning', 'critical', 'exceeded'] as const).filter(
    (each) => ORDER.indexOf(each) <= ORDER.indexOf(level),
  );
}

/** The worst level of all windows. */
export function worstLevel(spent: Totals, policy: BudgetPolicy): BudgetLevel {
  const limits = limitsOf(policy);
  return BUDGET_WINDOWS.map((window) => levelOf(spent[window], limits[window], policy)).reduce(
    (a, b) => (ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b),
  );
}

/** The first window whose cap leaves nothing, or null. */
export function exhaustedWindow(spent: Totals, caps: Caps): BudgetWindow | null {
  return (
    BUDGET_WINDOWS.find((window) => {
      const cap = caps[window];
      return cap !== null && spent[window] >= cap;
    }) ?? null
  );
}

export function isCapped(caps: Caps): boolean {
  return BUDGET_WINDOWS.some((window) => caps[window] !== null);
}

export function sameCaps(a: Caps, b: Caps): boolean {
  return BUDGET_WINDOWS.every((window) => a[window] === b[window]);
}
