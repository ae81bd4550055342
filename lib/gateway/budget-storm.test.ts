import { describe, expect, it } from 'vitest';
import { money } from '@/lib/money';
import { budgetStorm } from './testing/budget-storm';

describe('1,000 mixed requests at once on a dollar a day', () => {
  it.each([
    [0, '1'],
    [10, '1.1'],
  ])(
    'with a buffer of %i percent: no more than %s USD, at least 95 percent of it, as the receipts say',
    async (bufferPercent, cap) => {
      const storm = await budgetStorm({ bufferPercent });
      expect(money(storm.settledUsd).lte(cap)).toBe(true);
      expect(storm.usedPercent).toBeGreaterThanOrEqual(95);
      expect(storm.receiptsUsd).toBe(storm.settledUsd);
      expect(storm.leasedUsd).toBe('0');
      expect(storm.statuses['200']).toBeGreaterThan(200);
      expect(storm.statuses['429']).toBeGreaterThan(200);
    },
    120_000,
  );
});
