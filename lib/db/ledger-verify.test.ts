import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountKey } from '@/lib/budget/ledger/store';
import { toUnits } from '@/lib/budget/ledger/units';
import { periodsAt } from '@/lib/budget/periods';
import { rolePolicySchema } from '@/lib/policy/role-policy';
import { databaseLedgerStore } from './budget-ledger-store';
import { withTenant } from './client';
import { recordInterrupted } from './interrupted-receipts';
import { verifyLedger } from './ledger-verify';
import { type TestDatabase, testDatabase } from './testing';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const { budgetPolicy: policy } = rolePolicySchema.parse({ budgetPolicy: { enabled: true } });
const caps = { day: toUnits('10'), week: null, month: null };
const MINUTE_AGO = Date.now() - 60_000;

async function spent(costs: string[]): Promise<{ key: AccountKey; requests: string[] }> {
  const [tenantId, roleId] = [randomUUID(), randomUUID()];
  await database.owner.query(`INSERT INTO tenants (id, name, slug) VALUES ($1, 't', $2)`, [
    tenantId,
    `t-${tenantId}`,
  ]);
  await database.owner.query(`INSERT INTO roles (id, tenant_id, name) VALUES ($1, $2, 'r')`, [
    roleId,
    tenantId,
  ]);
  const key = { tenantId, roleId, periods: periodsAt(MINUTE_AGO, 'UTC') };
  const replicaId = randomUUID();
  const needed = toUnits('1');
  await databaseLedgerStore.lease({
    ...key,
    replicaId,
    caps,
    needed,
    wanted: needed,
    giveBack: 0n,
  });
  const requests = costs.map(() => randomUUID());
  const entries = costs.map((cost, index) => ({
    id: `${requests[index]}/1`,
    at: MINUTE_AGO + index,
    cost: toUnits(cost),
    tokens: 1,
  }));
  await databaseLedgerStore.settle({ ...key, replicaId, caps, entries, giveBack: 0n, policy });
  for (const [index, cost] of costs.entries())
    await database.owner.query(
      `INSERT INTO request_log (id, at, tenant_id, role_id, status, cost_usd, receipt) VALUES ($1, $2, $3, $4, 200, $5, '{}')`,
      [requests[index], new Date(MINUTE_AGO + index), tenantId, roleId, cost],
    );
  return { key, requests };
}
const verify = ({ tenantId }: AccountKey) =>
  withTenant(tenantId, (tx) => verifyLedger(tx, tenantId));

describe('verifyLedger', () => {
  it('finds nothing where windows, leases, usage and receipts agree', async () => {
    const { key } = await spent(['0.1', '0.2', '0.0000000001']);
    expect(await verify(key)).toEqual({
      windows: 3,
      entries: 3,
      receipts: 3,
      settledUsd: '0.3000000001',
      differences: [],
    });
  });

  it('finds each book that was tampered with, to the last digit', async () => {
    const { key, requests } = await spent(['0.1', '0.2', '0.3']);
    const change = (sql: string, ...values: unknown[]) => database.owner.query(sql, values);
    await change(
      `UPDATE budget_windows SET settled_usd = settled_usd + 0.0000000001 WHERE role_id = $1 AND kind = 'week'`,
      key.roleId,
    );
    await change(`UPDATE budget_leases SET held_usd = 0.05 WHERE role_id = $1`, key.roleId);
    await change(
      `UPDATE role_budget_usage SET daily_cost_usd = 0.5 WHERE role_id = $1`,
      key.roleId,
    );
    await change(`UPDATE request_log SET cost_usd = 0.21 WHERE id = $1`, requests[1]);
    await change(`DELETE FROM request_log WHERE id = $1`, requests[2]);
    const { differences } = await verify(key);
    const books = differences.map(({ book, recordedUsd, computedUsd }) =>
      [book, recordedUsd, computedUsd].join(' '),
    );
    expect(books.sort()).toEqual(
      [
        'window 0.6000000001 0.6',
        ...Array<string>(3).fill('lease 1.9 0.05'),
        'usage 0.5 0.6',
        'receipt 0.2 0.21',
        'receipt 0.3 0',
      ].sort(),
    );
  });

  it('agrees again once requests that a kill cut off from their receipt have one', async () => {
    const { key, requests } = await spent(['0.1', '0.2', '0.3']);
    await database.owner.query(`DELETE FROM request_log WHERE id = ANY($1)`, [requests.slice(1)]);
    expect((await verify(key)).differences).toHaveLength(2);
    const left = requests.map((id, index) => ({
      account: key,
      entry: { id: `${id}/1`, at: MINUTE_AGO + index, cost: toUnits(`0.${index + 1}`), tokens: 1 },
    }));
    expect(await recordInterrupted(left)).toBe(2);
    expect(await recordInterrupted(left)).toBe(0);
    expect((await verify(key)).differences).toEqual([]);
  });
});
