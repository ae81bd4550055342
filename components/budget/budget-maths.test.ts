import { describe, expect, it } from 'vitest';
import type { BudgetWindowView } from '@/lib/client/budgets';
import { forecastOf } from './forecast';
import { approximateUsd, formatUsd } from './format-usd';

describe('formatUsd', () => {
  it.each([
    ['0', '$0.00'],
    ['1', '$1.00'],
    ['0.0000015', '$0.0000015'],
    ['1234567.5', '$1,234,567.50'],
    ['0.1000000000', '$0.10'],
    ['-12.34567', '-$12.34567'],
    ['99999999.0000000001', '$99,999,999.0000000001'],
  ])('writes %s as %s', (amount, text) => expect(formatUsd(amount)).toBe(text));
});

describe('approximateUsd', () => {
  it.each([
    [0, '$0'],
    [4210.4, '$4,210'],
    [12.3, '$12.30'],
    [0.02134, '$0.0213'],
    [0.0000015, '$0.00000150'],
  ])('writes %s as %s', (amount, text) => expect(approximateUsd(amount)).toBe(text));
});

describe('forecastOf', () => {
  const day = (settledUsd: string, limitUsd = '10'): BudgetWindowView => ({
    window: 'day',
    limitUsd,
    capUsd: limitUsd,
    settledUsd,
    reservedUsd: '0',
    startsAt: '2026-06-17T00:00:00.000Z',
    resetsAt: '2026-06-18T00:00:00.000Z',
  });
  const at = (time: string) => Date.parse(`2026-06-17T${time}:00Z`);

  it('carries the pace on to the end, and says when the limit is reached', () => {
    expect(forecastOf(day('2'), at('12:00'))).toEqual({ endUsd: 4, limitAt: null });
    expect(forecastOf(day('8'), at('12:00'))).toEqual({ endUsd: 16, limitAt: at('15:00') });
  });

  it('says nothing too early, for nothing spent, and no time once the limit is passed', () => {
    expect(forecastOf(day('8'), at('00:10'))).toBeNull();
    expect(forecastOf(day('0'), at('12:00'))).toBeNull();
    expect(forecastOf(day('11'), at('12:00'))?.limitAt).toBeNull();
    expect(forecastOf(day('8', '0'), at('12:00'))?.limitAt).toBeNull();
  });
});
