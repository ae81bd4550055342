import { setImmediate } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { sampleReceipt } from '@/lib/db/testing';
import type { Receipt } from '@/lib/gateway/types';
import { DeferredReceipts } from './deferred-receipts';

function deferred() {
  const written: Receipt[] = [];
  const inner = {
    write: (receipt: Receipt) => void written.push(receipt),
    drain: vi.fn(() => Promise.resolve()),
    stats: () => ({ queued: 0, stored: written.length, dropped: 0 }),
  };
  return { written, inner, receipts: new DeferredReceipts(inner) };
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
