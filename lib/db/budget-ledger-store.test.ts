import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ledgerStoreContract } from '@/lib/budget/ledger/ledger-store.contract';
import type { AccountKey, LedgerEntry } from '@/lib/budget/ledger/store';
import { toUnits } from '@/lib/budget/ledger/units';
import { periodsAt } from '@/lib/budget/periods';
import { rolePolicySchema } from '@/lib/policy/role-policy';
import { listAlerts } from './alerts-repository';
import { databaseLedgerStore } from './budget-ledger-store';
import { listBudgetUsage } from './budget-usage-repository';
import { withTenant } from './client';
import { type TestDatabase, testDatabase } from './testing';
import { newBudgetRole, windowRow } from './testing-budgets';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const account = async (at = Date.now()): Promise<AccountKey> => ({
  ...(await newBudgetRole(database)),
  periods: periodsAt(at, 'UTC'),
});

const entry = (cost: string): LedgerEntry => ({
  id: `${randomUUID()}/1`,
  at: Date.now(),
  cost: toUnits(cost),
  tokens: 5,
});
const NO_CAPS = { day: null, week: null, month: null };

describe('ledger store in PostgreSQL', () => {
  ledgerStoreContract(() =>
    Promise.resolve({
      store: databaseLedgerStore,
      account,
      row: async (key, window) => (await windowRow(database, key, window))!,
      age: async (ms) => {
        await database.owner.query(
          `UPDATE budget_leases SET renewed_at = renewed_at - make_interval(secs => $1)`,
          [ms / 1000],
        );
      },
    }),
  );

  it('lets no writer pass the cap: the table itself refuses', async () => {
    const key = await account();
    await databaseLedgerStore.lease({
      ...key,
      replicaId: randomUUID(),
      caps: { ...NO_CAPS, day: toUnits('1') },
      needed: toUnits('1'),
      wanted: toUnits('1'),
      giveBack: 0n,
    });
    const steal = database.owner.query(
      `UPDATE budget_windows SET leased_usd = leased_usd + 0.0000000001 WHERE role_id = $1`,
      [key.roleId],
    );
    await expect(steal).rejects.toThrow('budget_windows_within_cap');
  });

  it('lets entries of a role that was deleted meanwhile go, so that they hold nothing up', async () => {
    const key = await account();
    await database.owner.query('DELETE FROM roles WHERE id = $1', [key.roleId]);
    const { budgetPolicy: policy } = rolePolicySchema.parse({});
    const settled = await databaseLedgerStore.settle({
      ...key,
      replicaId: randomUUID(),
      caps: NO_CAPS,
      entries: [entry('0.1')],
      giveBack: 0n,
      policy,
    });
    expect(settled).toEqual({ settled: { day: 0n, week: 0n, month: 0n }, held: 0n });
  });

  it('keeps role_budget_usage in the same transaction', async () => {
    const key = await account(Date.UTC(2026, 5, 17, 12));
    const { budgetPolicy: policy } = rolePolicySchema.parse({});
    await databaseLedgerStore.settle({
      ...key,
      replicaId: randomUUID(),
      caps: NO_CAPS,
      entries: [entry('0.1'), entry('0.2')],
      giveBack: 0n,
      policy,
    });
    const usage = await withTenant(key.tenantId, (tx) =>
      listBudgetUsage(tx, key.tenantId, { from: '2026-06-17', to: '2026-06-17' }),
    );
    expect(usage).toMatchObject([
      {
        dailyCostUsd: '0.3',
        weeklyCostUsd: '0.3',
        monthlyCostUsd: '0.3',
        requestCount: 2,
        tokenCount: 10,
      },
    ]);
  });

  it('queues one alert a channel for each level that is crossed, and again under a raised limit and after a reset', async () => {
    const noon = Date.UTC(2026, 5, 17, 12);
    let key = await account(noon);
    const at = async (cost: string, dailyLimitUSD: number) => {
      const { budgetPolicy: policy } = rolePolicySchema.parse({
        budgetPolicy: {
          enabled: true,
          dailyLimitUSD,
          alertWebhook: 'https://hooks.example.com/x',
          alertEmails: ['a@example.com'],
        },
      });
      await databaseLedgerStore.settle({
        ...key,
        replicaId: randomUUID(),
        caps: NO_CAPS,
        entries: [entry(cost)],
        giveBack: 0n,
        policy,
      });
      const { items } = await withTenant(key.tenantId, (tx) => listAlerts(tx, key.tenantId));
      return items.map((item) => `${item.channel} ${item.kind}`).sort();
    };
    expect(await at('0.79', 1)).toEqual([]);
    const warned = ['email budget_alert', 'webhook budget_alert'];
    expect(await at('0.01', 1)).toEqual(warned);
    expect(await at('0.01', 1)).toEqual(warned);
    const critical = [...warned, 'email budget_critical', 'webhook budget_critical'].sort();
    expect(await at('0.14', 1)).toEqual(critical);
    const exceeded = [...critical, 'email budget_exceeded', 'webhook budget_exceeded'].sort();
    expect(await at('0.05', 1)).toEqual(exceeded);
    expect(await at('0.01', 1)).toEqual(exceeded);
    const raised = [...exceeded, ...warned].sort();
    expect(await at('0.59', 2)).toEqual(raised);
    const tomorrow = noon + 24 * 3_600_000;
    key = { ...key, periods: periodsAt(tomorrow, 'UTC') };
    expect(await at('0.1', 2)).toEqual(raised);
    expect(await at('1.5', 2)).toEqual([...raised, ...warned].sort());
  });
});
