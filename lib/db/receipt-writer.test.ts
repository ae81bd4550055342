import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Receipt } from '@/lib/gateway/types';
import { log } from '@/lib/log';
import { withTenant } from './client';
import { ReceiptWriter } from './receipt-writer';
import { findRequest, listRequests } from './request-log-repository';
import { sampleReceipt, takeAway, testDatabase } from './testing';

const database = await testDatabase();
afterAll(() => database.close());

let tenantId: string;
beforeEach(() => {
  tenantId = randomUUID();
});

const receipts = (count: number): Receipt[] =>
  Array.from({ length: count }, () => sampleReceipt({ tenantId }));
const storedCount = async () =>
  (
    await database.owner.query('SELECT count(*)::int AS n FROM request_log WHERE tenant_id = $1', [
      tenantId,
    ])
  ).rows[0].n as number;

describe('ReceiptWriter', () => {
  it('stores a receipt whole, its content apart', async () => {
    const writer = new ReceiptWriter();
    const receipt = sampleReceipt({
      tenantId,
      content: { messages: [{ role: 'user', content: 'hello' }], answer: 'hi' },
    });
    writer.write(receipt);
    await writer.drain();
    expect(await withTenant(tenantId, (tx) => findRequest(tx, tenantId, receipt.id))).toEqual(
      receipt,
    );
    const { items } = await withTenant(tenantId, (tx) => listRequests(tx, tenantId));
    expect(items[0]).not.toHaveProperty('content');
    const { rows } = await database.owner.query(
      'SELECT cost_usd::text AS cost, input_tokens, status FROM request_log WHERE id = $1',
      [receipt.id],
    );
    expect(rows[0]).toEqual({ cost: '0.0000012345', input_tokens: 10, status: 200 });
  });

  it('stores a single receipt within 250 ms, undrained', async () => {
    const writer = new ReceiptWriter();
    const startedAt = performance.now();
    for (const receipt of receipts(1)) writer.write(receipt);
    await vi.waitUntil(() => writer.stats().stored === 1, { timeout: 1_000, interval: 5 });
    expect(performance.now() - startedAt).toBeLessThan(500);
  });

  it('loses none on drain, written while it drains included', async () => {
    const writer = new ReceiptWriter({ maxBatchRows: 100 });
    for (const receipt of receipts(1_234)) writer.write(receipt);
    const drained = writer.drain();
    for (const receipt of receipts(66)) writer.write(receipt);
    await drained;
    expect(writer.stats()).toMatchObject({ queued: 0, queuedBytes: 0, stored: 1_300, dropped: 0 });
    expect(await storedCount()).toBe(1_300);
  });

  it('survives an outage of the database without loss or repeat', async () => {
    const writer = new ReceiptWriter();
    for (const receipt of receipts(50)) writer.write(receipt);
    await writer.drain();
    const giveBack = await takeAway(database);
    for (const receipt of receipts(700)) writer.write(receipt);
    await vi.waitUntil(() => writer.stats().failedFlushes > 0, { timeout: 10_000 });
    expect(writer.stats()).toMatchObject({ queued: 700, stored: 50 });
    await giveBack();
    await writer.drain();
    expect(writer.stats()).toMatchObject({ queued: 0, stored: 750, dropped: 0 });
    expect(await storedCount()).toBe(750);
  });

  it('stores a batch once although its success went unheard', async () => {
    const { withSystemSql } = await import('./client');
    const { insertReceiptRows } = await import('./request-log-repository');
    let failed = false;
    const writer = new ReceiptWriter({
      store: async (rows) => {
        await withSystemSql((sql) => insertReceiptRows(sql, rows));
        if (failed) return;
        failed = true;
        throw new Error('connection lost after commit');
      },
    });
    for (const receipt of receipts(20)) writer.write(receipt);
    await writer.drain();
    expect(await storedCount()).toBe(20);
  });

  it('gives up only the row that the database refuses for its content', async () => {
    const writer = new ReceiptWriter();
    const batch = receipts(40);
    for (const [index, receipt] of batch.entries())
      writer.write(index === 17 ? { ...receipt, at: 'yesterday, roughly' } : receipt);
    await writer.drain();
    expect(writer.stats()).toMatchObject({ stored: 39, dropped: 1 });
    expect(await storedCount()).toBe(39);
  });

  it('bounds its queue and says what it lost', async () => {
    let away = true;
    const writer = new ReceiptWriter({
      maxQueuedRows: 10,
      store: async () => {
        if (away) throw new Error('away');
      },
    });
    for (const receipt of receipts(25)) writer.write(receipt);
    expect(writer.stats()).toMatchObject({ queued: 10, dropped: 15 });
    away = false;
    await writer.drain();
    expect(writer.stats()).toMatchObject({ queued: 0, stored: 10 });
  });

  it('never throws, whatever it is given', async () => {
    const writer = new ReceiptWriter();
    const route = { strategy: 1n } as unknown as Receipt['route'];
    expect(() => writer.write(sampleReceipt({ tenantId, route }))).not.toThrow();
    expect(writer.stats()).toMatchObject({ queued: 0, dropped: 1 });
  });

  it('stores a receipt without its conversation when that cannot be read, and tells no log what it says', async () => {
    const said = 'my card is 4111 1111 1111 1111';
    const logged = vi.spyOn(log(), 'error');
    const writer = new ReceiptWriter();
    const receipt = sampleReceipt({ tenantId });
    Object.defineProperty(receipt, 'content', {
      enumerable: true,
      get() {
        throw new SyntaxError(`Unexpected token in "${said}"`);
      },
    });
    writer.write(receipt);
    await writer.drain();
    expect(writer.stats()).toMatchObject({ stored: 1, dropped: 0, contentOmitted: 1 });
    const stored = await withTenant(tenantId, (tx) => findRequest(tx, tenantId, receipt.id));
    expect(stored).toMatchObject({ id: receipt.id, content: null });
    expect(logged).toHaveBeenCalledOnce();
    expect(JSON.stringify(logged.mock.calls)).not.toContain('4111');
    logged.mockRestore();
  });

  it('stores content that PostgreSQL has no place for, and numbers no column can hold', async () => {
    const writer = new ReceiptWriter();
    const receipt = sampleReceipt({
      tenantId,
      content: { messages: 'nul \0, half \ud83d, whole 🔑', answer: { 'key\0': '\udc00' } },
      tokens: { input: 1e20, cachedInput: -5, output: 1.5, reasoning: Number.NaN, estimated: true },
    });
    writer.write(receipt);
    await writer.drain();
    const stored = await withTenant(tenantId, (tx) => findRequest(tx, tenantId, receipt.id));
    expect(stored?.content).toEqual({
      messages: 'nul \ufffd, half \ufffd, whole 🔑',
      answer: { 'key\ufffd': '\ufffd' },
    });
    expect(stored?.tokens.input).toBe(1e20);
  });
});
