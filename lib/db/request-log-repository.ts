import 'server-only';
import type { Receipt } from '@/lib/gateway/types';
import { toMoneyString } from '@/lib/money';
import type { Sql, Tx } from './client';
import { Prisma } from './generated/client';
import { cleanText, isStorable, toJsonText } from './json';
import { limitOf, pageOf, timePositionOf, type Page, type PageRequest } from './paging';

/** A receipt without its content, as lists show it. */
export type ReceiptSummary = Omit<Receipt, 'content' | 'tenantId'>;

export type RequestFilter = PageRequest & {
  roleId?: string;
  keyId?: string;
  /** An HTTP status, or a class: 4 means 400 to 499. */
  status?: number;
  code?: string;
  provider?: string;
  model?: string;
  from?: Date;
  to?: Date;
};

const MAX_INT = 2 ** 31 - 1;

/** A receipt as the JSON text of its row, ready for `insertReceiptRows`. @throws TypeError when it is not JSON */
export function receiptRow(receipt: Receipt): string {
  return rowWithContent(bareReceiptRow(receipt), receipt);
}

/** The same without content, which is not even asked for: it may take long to make. */
export function bareReceiptRow(receipt: Receipt): string {
  return toJsonText(recordOf(receipt));
}

/** The row of `bareReceiptRow` with the receipt's content in it. @throws TypeError when that is not JSON */
export function rowWithContent(bareRow: string, receipt: Receipt): string {
  return `${bareRow.slice(0, -1)},"content":${toJsonText(receipt.content)}}`;
}

/**
 * Stores receipts, rows of `receiptRow`, in one statement. Storing one again changes nothing, so that a batch may be
 * retried after a failure of which nobody knows how far it got. System scope.
 */
export async function insertReceiptRows(sql: Sql, rows: readonly string[]): Promise<void> {
  await sql.query({
    // A named statement is planned once a connection.
    name: 'insert-receipts',
    text: `INSERT INTO request_log (id, at, tenant_id, role_id, key_id, status, code, stream, requested_model, provider, model,
        policy_version, cache_status, input_tokens, cached_input_tokens, output_tokens, reasoning_tokens, cost_usd, latency_ms, receipt, content)
      SELECT * FROM jsonb_to_recordset($1::jsonb) AS r (id text, at timestamptz, tenant_id uuid, role_id uuid, key_id uuid, status int,
        code text, stream boolean, requested_model text, provider text, model text, policy_version int, cache_status text, input_tokens int,
        cached_input_tokens int, output_tokens int, reasoning_tokens int, cost_usd numeric, latency_ms int, receipt jsonb, content jsonb)
      ON CONFLICT (id, at) DO NOTHING`,
    values: [`[${rows.join(',')}]`],
  });
}

/** A tenant's requests, newest first. */
export async function listRequests(
  tx: Tx,
  tenantId: string,
  filter: RequestFilter = {},
): Promise<Page<ReceiptSummary>> {
  const limit = limitOf(filter);
  const query = requestListQuery(tenantId, filter, limit + 1);
  if (!query) return { items: [], nextCursor: null };
  const rows = await tx.$queryRaw<{ id: string; at: Date; receipt: ReceiptSummary }[]>(query);
  return pageOf(
    rows,
    limit,
    (row) => row.receipt,
    (row) => ({ key: row.at, id: row.id }),
  );
}

/** Apart from `listRequests`, so that a test can have it explained. Null: the filter matches nothing. */
export function requestListQuery(
  tenantId: string,
  filter: RequestFilter,
  rows: number,
): Prisma.Sql | null {
  const where = conditionsOf(tenantId, filter);
  return (
    where &&
    Prisma.sql`SELECT id, at, receipt FROM request_log WHERE ${Prisma.join(where, ' AND ')} ORDER BY at DESC, id DESC LIMIT ${rows}`
  );
}

/** One receipt with what of its content was kept; null when the tenant has no such request. */
export async function findRequest(tx: Tx, tenantId: string, id: string): Promise<Receipt | null> {
  if (!isStorable(id)) return null;
  const [row] = await tx.$queryRaw<
    { receipt: ReceiptSummary; content: Receipt['content']; rejected: boolean }[]
  >`
    SELECT receipt, content, EXISTS (SELECT 1 FROM cache_feedback WHERE tenant_id = ${tenantId}::uuid AND request_id = ${id}) AS rejected
    FROM request_log WHERE tenant_id = ${tenantId}::uuid AND id = ${id} ORDER BY at DESC LIMIT 1`;
  if (!row) return null;
  const { receipt, content, rejected } = row;
  const cache: Receipt['cache'] = rejected ? { ...receipt.cache, rejected } : receipt.cache;
  return { ...receipt, cache, tenantId, content };
}

export const USAGE_DIMENSIONS = ['role', 'key', 'model', 'provider', 'day'] as const;
export type UsageDimension = (typeof USAGE_DIMENSIONS)[number];

/** `key`: the value of the dimension; a role's and a key's id, `provider/model`, a date of the tenant's calendar. */
export type UsageRow = {
  key: string;
  requests: number;
  inputTokens: number;
  outputTokens: number;
  costUsd: string;
};

/** Requests, tokens and cost of a time, by one dimension. Refused requests count as requests. */
export async function summarizeUsage(
  tx: Tx,
  tenantId: string,
  query: { by: UsageDimension; roleId?: string; from: Date; to: Date; timezone: string },
): Promise<UsageRow[]> {
  const keys: Record<UsageDimension, Prisma.Sql> = {
    role: Prisma.sql`role_id::text`,
    key: Prisma.sql`key_id::text`,
    model: Prisma.sql`provider || '/' || model`,
    provider: Prisma.sql`provider`,
    day: Prisma.sql`to_char(at AT TIME ZONE ${query.timezone}::text, 'YYYY-MM-DD')`,
  };
  const role =
    query.roleId === undefined ? Prisma.empty : Prisma.sql`AND role_id = ${query.roleId}::uuid`;
  const rows = await tx.$queryRaw<
    { key: string | null; requests: bigint; input: bigint; output: bigint; cost: Prisma.Decimal }[]
  >`
    SELECT u.key, count(*) AS requests, sum(input_tokens) AS input, sum(output_tokens) AS output, coalesce(sum(cost_usd), 0) AS cost
    FROM (
      SELECT ${keys[query.by]} AS key, input_tokens, output_tokens, cost_usd FROM request_log
      WHERE tenant_id = ${tenantId}::uuid AND at >= ${query.from} AND at < ${query.to} ${role}
    ) u GROUP BY u.key ORDER BY u.key`;
  return rows.map((row) => ({
    key: row.key ?? '',
    requests: Number(row.requests),
    inputTokens: Number(row.input),
    outputTokens: Number(row.output),
    costUsd: toMoneyString(row.cost.toFixed()),
  }));
}

/** Makes the partitions of this month and the next three. @returns how many are new */
export async function ensureRequestLogPartitions(
  sql: Sql,
  now: Date = new Date(),
): Promise<number> {
  const { rows } = await sql.query<{ made: number }>(
    'SELECT rolegate_ensure_request_log_partitions($1, 3) AS made',
    [now],
  );
  return rows[0]?.made ?? 0;
}

/** Null: the filter matches nothing. */
function conditionsOf(tenantId: string, filter: RequestFilter): Prisma.Sql[] | null {
  const texts = [filter.code, filter.provider, filter.model];
  if (!texts.every((text) => text === undefined || isStorable(text))) return null;
  const after = timePositionOf(filter);
  const conditions: (Prisma.Sql | undefined)[] = [
    Prisma.sql`tenant_id = ${tenantId}::uuid`,
    filter.roleId === undefined ? undefined : Prisma.sql`role_id = ${filter.roleId}::uuid`,
    filter.keyId === undefined ? undefined : Prisma.sql`key_id = ${filter.keyId}::uuid`,
    filter.status === undefined ? undefined : statusCondition(filter.status),
    filter.code === undefined ? undefined : Prisma.sql`code = ${filter.code}`,
    filter.provider === undefined ? undefined : Prisma.sql`provider = ${filter.provider}`,
    filter.model === undefined ? undefined : Prisma.sql`model = ${filter.model}`,
    filter.from && Prisma.sql`at >= ${filter.from}`,
    filter.to && Prisma.sql`at < ${filter.to}`,
    after ? Prisma.sql`(at, id) < (${after.at}::timestamptz, ${after.id})` : undefined,
  ];
  return conditions.filter((condition) => condition !== undefined);
}

function statusCondition(status: number): Prisma.Sql {
  return status < 10
    ? Prisma.sql`status BETWEEN ${status * 100} AND ${status * 100 + 99}`
    : Prisma.sql`status = ${status}`;
}

function recordOf(receipt: Receipt) {
  return {
    id: cleanText(receipt.id),
    at: receipt.at,
    tenant_id: receipt.tenantId,
    role_id: receipt.role.id,
    key_id: receipt.key.id,
    status: receipt.status,
    code: receipt.code,
    stream: receipt.stream,
    requested_model: receipt.requestedModel,
    provider: receipt.provider,
    model: receipt.model,
    policy_version: receipt.policyVersion,
    cache_status: receipt.cache.status,
    input_tokens: count(receipt.tokens.input),
    cached_input_tokens: count(receipt.tokens.cachedInput),
    output_tokens: count(receipt.tokens.output),
    reasoning_tokens: count(receipt.tokens.reasoning),
    cost_usd: receipt.costUsd,
    latency_ms: count(receipt.latencyMs),
    receipt: summaryOf(receipt),
  };
}

/** Field by field, since to take the content out would be to ask for it. */
function summaryOf(receipt: Receipt): ReceiptSummary {
  return {
    id: receipt.id,
    at: receipt.at,
    role: receipt.role,
    key: receipt.key,
    status: receipt.status,
    code: receipt.code,
    stream: receipt.stream,
    requestedModel: receipt.requestedModel,
    provider: receipt.provider,
    model: receipt.model,
    policyVersion: receipt.policyVersion,
    route: receipt.route,
    stages: receipt.stages,
    attempts: receipt.attempts,
    cache: receipt.cache,
    tokens: receipt.tokens,
    costUsd: receipt.costUsd,
    latencyMs: receipt.latencyMs,
    warnings: receipt.warnings,
  } satisfies Record<keyof ReceiptSummary, unknown>;
}

/** An upstream may report any number; the column holds whole ones of 32 bits. */
function count(value: number): number {
  return Number.isFinite(value) ? Math.min(Math.max(0, Math.round(value)), MAX_INT) : 0;
}
