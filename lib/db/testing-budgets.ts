import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { AccountKey } from '@/lib/budget/ledger/store';
import { toUnits, type Units } from '@/lib/budget/ledger/units';
import type { BudgetWindow } from '@/lib/budget/periods';
import type { BudgetBooks } from '@/lib/gateway/testing/budget-gateway';
import { databaseLedgerStore } from './budget-ledger-store';

/** A connection past row-level security. */
type Owner = { owner: Pick<Pool, 'query'> };

/** A tenant of its own with one role. */
export async function newBudgetRole({
  owner,
}: Owner): Promise<{ tenantId: string; roleId: string }> {
  const [tenantId, roleId] = [randomUUID(), randomUUID()];
  const slug = `t-${tenantId}`;
  await owner.query(`INSERT INTO tenants (id, name, slug) VALUES ($1, 't', $2)`, [tenantId, slug]);
  await owner.query(`INSERT INTO roles (id, tenant_id, name) VALUES ($1, $2, 'r')`, [
    roleId,
    tenantId,
  ]);
  return { tenantId, roleId };
}

/** What the table holds of one window; null before anything was leased or spent in it. */
export async function windowRow(
  { owner }: Owner,
  { roleId, periods }: AccountKey,
  window: BudgetWindow,
): Promise<{ settled: Units; leased: Units; overdraft: Units } | null> {
  const { rows } = await owner.query<Record<'settled' | 'leased' | 'overdraft', string>>(
    `SELECT settled_usd AS settled, leased_usd AS leased, overdraft_usd AS overdraft FROM budget_windows
     WHERE role_id = $1 AND kind = $2 AND starts_at = $3`,
    [roleId, window, new Date(periods[window].startsAt)],
  );
  const [row] = rows;
  if (!row) return null;
  const { settled, leased, overdraft } = row;
  return { settled: toUnits(settled), leased: toUnits(leased), overdraft: toUnits(overdraft) };
}

/** Balances in PostgreSQL of a new role, for a gateway under test. */
export async function databaseBooks(database: Owner): Promise<BudgetBooks> {
  return {
    ...(await newBudgetRole(database)),
    store: databaseLedgerStore,
    leased: async (key) => (await windowRow(database, key, 'day'))?.leased ?? 0n,
  };
}
