import 'server-only';
import type { AccountKey, LedgerEntry } from '@/lib/budget/ledger/store';
import { toUsd } from '@/lib/budget/ledger/units';
import type { Receipt } from '@/lib/gateway/types';
import { withSystemSql } from './client';
import { insertReceiptRows, receiptRow } from './request-log-repository';

/** Stands for the key, which nobody knows any more. */
const UNKNOWN_KEY = { id: '00000000-0000-0000-0000-000000000000', name: '' };

/**
 * A process may die between the settlement of a request and its receipt: the money is spent, and nothing
 * says for what. Such requests get a receipt that tells their cost and that they were cut off.
 */
export async function recordInterrupted(
  left: readonly { account: AccountKey; entry: LedgerEntry }[],
): Promise<number> {
  const requests = new Map<string, { account: AccountKey; at: number; cost: bigint }>();
  for (const { account, entry } of left) {
    const id = entry.id.replace(/\/\d+$/, '');
    const known = requests.get(id) ?? { account, at: entry.at, cost: 0n };
    requests.set(id, { ...known, cost: known.cost + entry.cost });
  }
  if (requests.size === 0) return 0;
  return withSystemSql(async (sql) => {
    const { rows } = await sql.query<{ id: string }>(
      'SELECT id FROM request_log WHERE id = ANY($1)',
      [[...requests.keys()]],
    );
    for (const { id } of rows) requests.delete(id);
    const roles = await sql.query<{ id: string; name: string }>(
      'SELECT id::text, name FROM roles WHERE id = ANY($1::uuid[])',
      [[...requests.values()].map(({ account }) => account.roleId)],
    );
    const names = new Map(roles.rows.map(({ id, name }) => [id, name]));
    const receipts = [...requests].flatMap(([id, { account, at, cost }]) => {
      const name = names.get(account.roleId);
      return name === undefined ? [] : [receiptOf(id, account, name, at, toUsd(cost))];
    });
    if (receipts.length > 0) await insertReceiptRows(sql, receipts.map(receiptRow));
    return receipts.length;
  });
}

function receiptOf(
  id: string,
  { tenantId, roleId }: AccountKey,
  role: string,
  at: number,
  costUsd: string,
): Receipt {
  return {
    id,
    at: new Date(at).toISOString(),
    tenantId,
    role: { id: roleId, name: role },
    key: UNKNOWN_KEY,
    status: 500,
    code: 'interrupted',
    stream: false,
    requestedModel: null,
    provider: null,
    model: null,
    policyVersion: 0,
    route: { strategy: 'unknown', reason: 'the process was killed', candidates: [] },
    stages: [],
    attempts: [],
    cache: { status: 'off', similarity: null, ageSeconds: null },
    tokens: { input: 0, cachedInput: 0, output: 0, reasoning: 0, estimated: true },
    costUsd,
    latencyMs: 0,
    warnings: [],
    content: null,
  };
}
