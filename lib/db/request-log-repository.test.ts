import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withSystemSql, withTenant, type Tx } from './client';
import { Prisma } from './generated/client';
import {
  ensureRequestLogPartitions,
  findRequest,
  insertReceiptRows,
  listRequests,
  receiptRow,
  requestListQuery,
  summarizeUsage,
  type RequestFilter,
} from './request-log-repository';
import { sampleReceipt, testDatabase } from './testing';

const database = await testDatabase();
afterAll(() => database.close());

const tenantId = randomUUID();
const roleId = randomUUID();
const keyId = randomUUID();
const START = Date.parse('2031-01-15T00:00:00Z');
const HOUR = 3_600_000;

const inTenant = <T>(work: (tx: Tx) => Promise<T>) => withTenant(tenantId, work);

const receipts = Array.from({ length: 90 }, (_, index) =>
  sampleReceipt({
    tenantId,
    id: `req-${String(index).padStart(3, '0')}`,
    // Three at each moment, over some forty days and so three months.
    at: new Date(START + Math.floor(index / 3) * 32 * HOUR).toISOString(),
    role: { id: index % 2 ? roleId : randomUUID(), name: 'r' },
    key: { id: index % 3 ? keyId : randomUUID(), name: 'k' },
    status: index % 5 === 0 ? 429 : 200,
    code: index % 5 === 0 ? 'rate_limit_exceeded' : null,
    costUsd: index % 10 === 0 ? null : '0.1',
  }),
);

beforeAll(async () => {
  await withSystemSql((sql) => ensureRequestLogPartitions(sql, new Date(START)));
  await withSystemSql((sql) => insertReceiptRows(sql, receipts.map(receiptRow)));
});

const newestFirst = receipts
  .toSorted((a, b) => b.at.localeCompare(a.at) || b.id.localeCompare(a.id))
  .map((receipt) => receipt.id);

async function allPages(filter: RequestFilter): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listRequests>> = await inTenant((tx) =>
      listRequests(tx, tenantId, { ...filter, cursor }),
    );
    ids.push(...page.items.map((item) => item.id));
    cursor = page.nextCursor;
  } while (cursor);
  return ids;
}

describe('the request log', () => {
  it.each([1, 7, 89, 90, 200])(
    'lists every request once, newest first, in pages of %i',
    async (limit) => {
      expect(await allPages({ limit })).toEqual(newestFirst);
    },
  );

  it('filters by role, key, status, class of status, code and time', async () => {
    const matching = (test: (receipt: (typeof receipts)[number]) => boolean) =>
      newestFirst.filter((id) => receipts.some((receipt) => receipt.id === id && test(receipt)));
    const from = new Date(START + 100 * HOUR);
    const to = new Date(START + 500 * HOUR);
    expect(await allPages({ roleId })).toEqual(matching((receipt) => receipt.role.id === roleId));
    expect(await allPages({ keyId })).toEqual(matching((receipt) => receipt.key.id === keyId));
    expect(await allPages({ status: 429 })).toEqual(matching((receipt) => receipt.status === 429));
    expect(await allPages({ status: 4 })).toEqual(matching((receipt) => receipt.status === 429));
    expect(await allPages({ code: 'rate_limit_exceeded', limit: 5 })).toEqual(
      matching((receipt) => receipt.status === 429),
    );
    expect(await allPages({ model: 'small', provider: 'sandbox' })).toEqual(newestFirst);
    expect(await allPages({ from, to })).toEqual(
      matching((receipt) => receipt.at >= from.toISOString() && receipt.at < to.toISOString()),
    );
    expect(await allPages({ model: 'nul \0' })).toEqual([]);
  });

  it('refuses a cursor that no page answered', async () => {
    for (const cursor of [
      'nonsense',
      Buffer.from('a\nb').toString('base64url'),
      Buffer.from('2031-01-01\n\0').toString('base64url'),
    ]) {
      await expect(inTenant((tx) => listRequests(tx, tenantId, { cursor }))).rejects.toMatchObject({
        code: 'validation_failed',
      });
    }
  });

  it('finds one by id, and none of another tenant', async () => {
    const other = randomUUID();
    expect(await inTenant((tx) => findRequest(tx, tenantId, 'req-042'))).toEqual(receipts[42]);
    expect(await withTenant(other, (tx) => findRequest(tx, other, 'req-042'))).toBeNull();
    expect(await inTenant((tx) => findRequest(tx, tenantId, 'nul \0'))).toBeNull();
  });

  it('sums usage exactly, by role, key, model, provider and day of the tenant’s calendar', async () => {
    const whole = {
      from: new Date(START),
      to: new Date(START + 10_000 * HOUR),
      timezone: 'Asia/Tokyo',
    };
    const [model] = await inTenant((tx) => summarizeUsage(tx, tenantId, { ...whole, by: 'model' }));
    expect(model).toEqual({
      key: 'sandbox/small',
      requests: 90,
      inputTokens: 900,
      outputTokens: 1800,
      costUsd: '8.1',
    });
    const byKey = await inTenant((tx) => summarizeUsage(tx, tenantId, { ...whole, by: 'key' }));
    expect(byKey.find((row) => row.key === keyId)).toMatchObject({ requests: 60 });
    const byRole = await inTenant((tx) =>
      summarizeUsage(tx, tenantId, { ...whole, by: 'role', roleId }),
    );
    expect(byRole).toMatchObject([{ key: roleId, requests: 45 }]);
    const days = await inTenant((tx) => summarizeUsage(tx, tenantId, { ...whole, by: 'day' }));
    // The first three are at midnight UTC, 9 o'clock in Tokyo; the next at 8 UTC of the 16th, 17 o'clock.
    expect(days.slice(0, 2)).toMatchObject([
      { key: '2031-01-15', requests: 3 },
      { key: '2031-01-16', requests: 3 },
    ]);
    const honolulu = await inTenant((tx) =>
      summarizeUsage(tx, tenantId, { ...whole, timezone: 'Pacific/Honolulu', by: 'day' }),
    );
    expect(honolulu[0]).toMatchObject({ key: '2031-01-14', requests: 3 });
  });

  it('takes what has no partition yet, and moves it when the partition is made', async () => {
    const late = sampleReceipt({ tenantId: randomUUID(), at: '2040-05-05T05:05:05.000Z' });
    await withSystemSql((sql) => insertReceiptRows(sql, [receiptRow(late)]));
    const where = async () =>
      (
        await database.owner.query(
          'SELECT tableoid::regclass::text AS name FROM request_log WHERE id = $1',
          [late.id],
        )
      ).rows;
    expect(await where()).toEqual([{ name: 'request_log_default' }]);
    expect(
      await withSystemSql((sql) => ensureRequestLogPartitions(sql, new Date('2040-04-01'))),
    ).toBe(4);
    expect(await where()).toEqual([{ name: 'request_log_2040_05' }]);
    expect(
      await withSystemSql((sql) => ensureRequestLogPartitions(sql, new Date('2040-04-01'))),
    ).toBe(0);
    expect(
      await withTenant(late.tenantId, (tx) => findRequest(tx, late.tenantId, late.id)),
    ).toEqual(late);
  });
});

describe('a large request log', () => {
  beforeAll(async () => {
    await database.owner.query(
      `INSERT INTO request_log (id, at, tenant_id, role_id, key_id, status, receipt)
       SELECT 'bulk-' || n, $1::timestamptz + n * interval '3 minutes', CASE WHEN n % 3 = 0 THEN $2::uuid ELSE gen_random_uuid() END,
         CASE WHEN n % 100 = 0 THEN $3::uuid ELSE gen_random_uuid() END, CASE WHEN n % 100 = 1 THEN $4::uuid ELSE gen_random_uuid() END,
         CASE WHEN n % 50 = 0 THEN 503 ELSE 200 END, '{}'
       FROM generate_series(1, 40000) n`,
      [new Date(START), tenantId, roleId, keyId],
    );
    await database.owner.query('ANALYZE request_log');
  });

  type Plan = { 'Node Type': string; 'Index Name'?: string; Plans?: Plan[] };
  const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

  const position = Buffer.from(`${new Date(START + 900 * HOUR).toISOString()}\nbulk-100`).toString(
    'base64url',
  );
  it.each<[string, RequestFilter, RegExp]>([
    ['the first page', {}, /tenant_id/],
    ['a later page', { cursor: position }, /tenant_id/],
    ['a role', { roleId }, /role_id/],
    ['a key', { keyId }, /key_id/],
    ['a status', { status: 503 }, /status/],
  ])(
    'reads %s in the order of an index, without sorting and without reading a partition whole',
    async (_title, filter, index) => {
      const query = requestListQuery(tenantId, filter, 51);
      const [row] = await inTenant((tx) =>
        tx.$queryRaw<{ 'QUERY PLAN': { Plan: Plan }[] }[]>(
          Prisma.sql`EXPLAIN (FORMAT JSON) ${query}`,
        ),
      );
      const nodes = nodesOf(row?.['QUERY PLAN'][0]?.Plan ?? { 'Node Type': 'none' });
      const kinds = new Set(nodes.map((node) => node['Node Type']));
      expect(kinds.has('Append') || kinds.has('Merge Append')).toBe(true);
      const scans = nodes.filter((node) => node['Node Type'].includes('Scan'));
      const large = scans.filter((node) => node['Node Type'] === 'Index Scan');
      expect(large.length).toBeGreaterThanOrEqual(3);
      expect(
        large.map((node) => node['Index Name'] ?? '').filter((name) => index.test(name)).length,
      ).toBeGreaterThanOrEqual(1);
      expect([...kinds].filter((kind) => kind === 'Sort')).toEqual([]);
    },
  );
});
