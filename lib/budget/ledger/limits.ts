import type { BudgetPolicy } from '@/lib/policy/budget/schema';
import { money, multiplyMoney, type Money } from '@/lib/money';
import { BUDGET_WINDOWS, type BudgetWindow } from '../periods';
import type { Caps, Totals } from './store';
import { toUnits, type Units } from './units';

/** How far a window's limit is used up. */
export type BudgetLevel = 'none' | 'warning' | 'critical' | 'exceeded';
const ORDER: readonly BudgetLevel[] = ['none', 'warning', 'critical', 'exceeded'];

/** Spend from which on a window is at a level; null: that level is never reached. */
type Marks = { warning: Units | null; critical: Units | null; exceeded: Units | null };

/** A policy as the ledger counts it. */
type Rules = { limits: Caps; caps: Caps; marks: Record<BudgetWindow, Marks> };

// Every request asks, and a policy in force is one object until it is changed.
const known = new WeakMap<BudgetPolicy, Rules>();

function rulesOf(policy: BudgetPolicy): Rules {
  let rules = known.get(policy);
  if (!rules) known.set(policy, (rules = workOut(policy)));
  return rules;
}

function workOut(policy: BudgetPolicy): Rules {
  const units = (usd: number): Units | null => (policy.enabled && usd > 0 ? toUnits(usd) : null);
  const limits: Caps = {
    day: units(policy.dailyLimitUSD),
    week: units(policy.weeklyLimitUSD),
    month: units(policy.monthlyLimitUSD),
  };
  const buffer = policy.softLimitEnabled ? policy.softLimitBuffer : 0;
  const factor = money(100).plus(money(buffer)).dividedBy(100);
  const marksOf = (limit: Units | null): Marks => ({
    warning: shareOf(limit, policy.alertThreshold),
    critical: shareOf(limit, policy.criticalThreshold),
    exceeded: limit,
  });
  const each = <T>(of: (limit: Units | null) => T): Record<BudgetWindow, T> => ({
    day: of(limits.day),
    week: of(limits.week),
    month: of(limits.month),
  });
  return {
    limits,
    caps: each((limit) => (limit === null ? null : whole(scaled(limit, factor).floor()))),
    marks: each(marksOf),
  };
}

/** The least spend that is a share of a limit; a share of 0 is never reached. */
function shareOf(limit: Units | null, share: number): Units | null {
  return limit === null || share === 0 ? null : whole(scaled(limit, money(share)).ceil());
}

const scaled = (units: Units, factor: Money): Money => multiplyMoney(units.toString(), factor);
const whole = (amount: Money): Units => BigInt(amount.toFixed(0));

/** The limits of a policy in units; null: unlimited. A section that is off has none. */
export function limitsOf(policy: BudgetPolicy): Caps {
  return rulesOf(policy).limits;
}

/** The limits with the soft limit's buffer, beyond which `onExceeded` acts. */
export function capsOf(policy: BudgetPolicy): Caps {
  return rulesOf(policy).caps;
}

export function levelOf(window: BudgetWindow, spent: Units, policy: BudgetPolicy): BudgetLevel {
  const { warning, critical, exceeded } = rulesOf(policy).marks[window];
  if (exceeded !== null && spent >= exceeded) return 'exceeded';
  if (critical !== null && spent >= critical) return 'critical';
  return warning !== null && spent >= warning ? 'warning' : 'none';
}

/** The levels up to and with this one, mildest first: all that spend which reached it has crossed. */
export function crossed(level: BudgetLevel): Exclude<BudgetLevel, 'none'>[] {
  return (['warning', 'critical', 'exceeded'] as const).filter(
    (each) => ORDER.indexOf(each) <= ORDER.indexOf(level),
  );
}

/** The worst level of all windows. */
export function worstLevel(spent: Totals, policy: BudgetPolicy): BudgetLevel {
  return BUDGET_WINDOWS.map((window) => levelOf(window, spent[window], policy)).reduce((a, b) =>
    ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b,
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
