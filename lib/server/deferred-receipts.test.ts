import { setImmediate } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { sampleReceipt } from '@/lib/db/testing';
import type { Receipt } from '@/lib/gateway/types';
import { DeferredReceipts, type DeferredReceiptsOptions } from './deferred-receipts';

function deferred(options: DeferredReceiptsOptions = {}) {
  const written: Receipt[] = [];
  const inner = {
    write: (receipt: Receipt) => void written.push(receipt),
    drain: vi.fn(() => Promise.resolve()),
    stats: () => ({ queued: 0, stored: written.length, dropped: 0 }),
  };
  return { written, inner, receipts: new DeferredReceipts(inner, options) };
}

it('hands receipts on once this turn is over, in order, and counts them as queued until then', async () => {
  const { written, receipts } = deferred();
  const [first, second] = [sampleReceipt({ tenantId: 't' }), sampleReceipt({ tenantId: 't' })];
  receipts.write(first);
  receipts.write(second);
  await Promise.resolve();
  expect(written).toEqual([]);
  expect(receipts.stats()).toEqual({ queued: 2, stored: 0, dropped: 0 });
  await setImmediate();
  expect(written).toEqual([first, second]);
  expect(receipts.stats()).toEqual({ queued: 0, stored: 2, dropped: 0 });
});

it('hands on what still waits before it drains, and nothing twice', async () => {
  const { written, inner, receipts } = deferred();
  const receipt = sampleReceipt({ tenantId: 't' });
  receipts.write(receipt);
  await receipts.drain();
  expect(inner.drain).toHaveBeenCalledOnce();
  await setImmediate();
  expect(written).toEqual([receipt]);
});

it('leaves the turn to others after its time, and goes on in the next one', async () => {
  let elapsed = 0;
  const { written, receipts } = deferred({ turnMs: 4, elapsedMs: () => (elapsed += 2) });
  const all = Array.from({ length: 5 }, () => sampleReceipt({ tenantId: 't' }));
  all.forEach((receipt) => receipts.write(receipt));
  await setImmediate();
  expect(written).toEqual(all.slice(0, 2));
  expect(receipts.stats().queued).toBe(3);
  await setImmediate();
  await setImmediate();
  expect(written).toEqual(all);
});

it('makes whoever brings one too many wait for one, and loses none', async () => {
  const { written, receipts } = deferred({ maxWaiting: 2 });
  const all = Array.from({ length: 7 }, () => sampleReceipt({ tenantId: 't' }));
  all.forEach((receipt) => receipts.write(receipt));
  expect(written).toEqual(all.slice(0, 5));
  expect(receipts.stats()).toEqual({ queued: 2, stored: 5, dropped: 0 });
  await receipts.drain();
  expect(written).toEqual(all);
});

it('passes a row on that has been made already', async () => {
  const { inner, receipts } = deferred();
  const write = vi.spyOn(inner, 'write');
  const receipt = sampleReceipt({ tenantId: 't' });
  receipts.write(receipt, '{"id":"1"}');
  await receipts.drain();
  expect(write).toHaveBeenCalledExactlyOnceWith(receipt, '{"id":"1"}');
});
