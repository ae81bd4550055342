import { expect, it } from 'vitest';
import { TEST_TENANT_ID } from '@/lib/gateway/testing/memory-principals';
import { noArchive, type CacheArchive } from './archive';
import type { CacheEntry } from './entry';
import { cachedGateway } from './testing/cached-gateway';

/** An archive that keeps what it is given, and whose reads end when they are told to. */
function slowArchive() {
  const stored: CacheEntry[] = [];
  const gate = { open: () => undefined as void, begun: Promise.resolve() };
  const archive: CacheArchive = {
    ...noArchive,
    save: (entry) => void stored.push(entry),
    load: async () => {
      // What is read is what stood there at the beginning, as in a snapshot of the database.
      const entries = [...stored];
      let begin = () => undefined as void;
      gate.begun = new Promise((resolve) => (begin = resolve));
      const opened = new Promise<void>((resolve) => (gate.open = resolve));
      begin();
      await opened;
      return { entries, wrongPairs: [] };
    },
  };
  return { archive, stored, gate };
}

it('a purge during the first read of stored entries is not undone by what was read before it', async () => {
  const { archive, stored, gate } = slowArchive();
  const gateway = await cachedGateway({ cache: { archive, loadWaitMs: 0 } });
  const entries = () => gateway.cache.size(TEST_TENANT_ID, null).then((size) => size.entries);
  try {
    expect((await gateway.ask('Which colour?')).status).toBe('miss');
    await expect.poll(() => stored.length).toBe(1);
    gate.open();
    expect((await gateway.ask('Which colour?')).status).toBe('hit-exact');

    gateway.cache.reload(TEST_TENANT_ID);
    expect((await gateway.ask('Which fruit?')).status).toBe('miss');
    const readBefore = gate.open;
    stored.length = 0;
    gateway.cache.reload(TEST_TENANT_ID);
    readBefore();
    expect(await entries()).toBe(0);
    expect((await gateway.ask('Which colour?')).status).toBe('miss');
  } finally {
    gate.open();
    await gateway.close();
  }
});
