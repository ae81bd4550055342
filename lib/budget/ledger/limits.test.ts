import { describe, expect, it } from 'vitest';
import { type BudgetPolicy, budgetPolicySchema } from '@/lib/policy/budget/schema';
import { capsOf, levelOf, limitsOf } from './limits';
import { toUnits } from './units';

const policy = (changes: Partial<BudgetPolicy> = {}): BudgetPolicy =>
  budgetPolicySchema.parse({ enabled: true, dailyLimitUSD: 1, ...changes });
const level = (spent: string, changes: Partial<BudgetPolicy> = {}) =>
  levelOf('day', toUnits(spent), policy(changes));

describe('limits', () => {
  it('are widened by the buffer, rounded down to 1e-10 USD', () => {
    const soft = policy({ softLimitEnabled: true, softLimitBuffer: 33.3, weeklyLimitUSD: 1e-9 });
    expect(limitsOf(soft)).toEqual({ day: toUnits('1'), week: 10n, month: null });
    expect(capsOf(soft)).toEqual({ day: toUnits('1.333'), week: 13n, month: null });
  });

  it('are none while the section is off', () => {
    expect(limitsOf(policy({ enabled: false }))).toEqual({ day: null, week: null, month: null });
  });
});

describe('levels', () => {
  it.each([
    ['0.7999999999', 'none'],
    ['0.8', 'warning'],
    ['0.9499999999', 'warning'],
    ['0.95', 'critical'],
    ['0.9999999999', 'critical'],
    ['1', 'exceeded'],
    ['7', 'exceeded'],
  ])('at %s USD of one: %s', (spent, expected) => expect(level(spent)).toBe(expected));

  it('with a threshold of 0 are passed over', () => {
    expect(level('0.5', { alertThreshold: 0, criticalThreshold: 0 })).toBe('none');
    expect(level('0.99', { alertThreshold: 0.5, criticalThreshold: 0 })).toBe('warning');
    expect(level('1', { alertThreshold: 0, criticalThreshold: 0 })).toBe('exceeded');
  });

  it('without a limit are never reached', () => {
    expect(levelOf('week', toUnits('1000000'), policy())).toBe('none');
  });
});
