import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { databaseBooks } from '@/lib/db/testing-budgets';
import { money } from '@/lib/money';
import { budgetStorm } from './testing/budget-storm';

/** Of five kinds; four of them ask for money, more than the larger budget has. */
const REQUESTS = 500;

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

describe(`${REQUESTS} mixed requests at once on a dollar a day, in PostgreSQL`, () => {
  it.each([
    [0, '1'],
    [10, '1.1'],
  ])(
    'with a buffer of %i percent: no more than %s USD, at least 95 percent of it, as the receipts say',
    async (bufferPercent, cap) => {
      const books = await databaseBooks(database);
      const storm = await budgetStorm({ requests: REQUESTS, bufferPercent, books });
      expect(money(storm.settledUsd).lte(cap)).toBe(true);
      expect(storm.usedPercent).toBeGreaterThanOrEqual(95);
      expect(storm.receiptsUsd).toBe(storm.settledUsd);
      expect(storm.leasedUsd).toBe('0');
      expect(storm.statuses['200']).toBeGreaterThan(200);
      expect(storm.statuses['429']).toBeGreaterThan(10);
    },
  );
});
