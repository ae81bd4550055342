import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runWorlds, type WorldBooks } from '@/lib/budget/ledger/testing/ledger-world';
import { toUnits } from '@/lib/budget/ledger/units';
import { databaseLedgerStore } from './budget-ledger-store';
import { withTenant } from './client';
import { verifyLedger } from './ledger-verify';
import { newBudgetRole, windowRow } from './testing-budgets';
import { type TestDatabase, testDatabase } from './testing';

const SEEDS = [11, 12, 13];
const STEPS = 120;

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

describe('the ledger in PostgreSQL against its model', () => {
  it(`never breaks its invariant in ${SEEDS.length} random runs of ${STEPS} steps, ends at what was spent, and its books agree`, async () => {
    const roles: { tenantId: string; roleId: string }[] = [];
    const open = async (): Promise<WorldBooks> => {
      const role = await newBudgetRole(database);
      roles.push(role);
      return {
        ...role,
        store: databaseLedgerStore,
        replicas: [randomUUID(), randomUUID(), randomUUID()],
        row: async (key, window) => (await windowRow(database, key, window)) ?? NOTHING,
        age: async (ms) => {
          await database.owner.query(
            `UPDATE budget_leases SET renewed_at = renewed_at - make_interval(secs => $1) WHERE role_id = $2`,
            [ms / 1000, role.roleId],
          );
        },
      };
    };
    const happened = await runWorlds(SEEDS, STEPS, open);
    for (const times of Object.values(happened)) expect(times).toBeGreaterThan(SEEDS.length);
    for (const { tenantId } of roles) {
      const { differences, entries, settledUsd } = await withTenant(tenantId, (tx) =>
        verifyLedger(tx, tenantId),
      );
      expect(entries).toBeGreaterThan(0);
      expect(toUnits(settledUsd)).toBeGreaterThan(0n);
      // No gateway, so no receipts; balances, leases and usage are all there.
      expect(differences.filter(({ book }) => book !== 'receipt')).toEqual([]);
    }
  });
});

const NOTHING = { settled: 0n, leased: 0n, overdraft: 0n };
