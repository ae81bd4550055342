import { describe, expect, it } from 'vitest';
import { MemoryLedgerStore } from './memory-ledger-store';
import { runWorlds, type WorldBooks } from './testing/ledger-world';

const RUNS = 40;
const STEPS = 150;

function inMemory(): Promise<WorldBooks> {
  let now = 0;
  const store = new MemoryLedgerStore(() => now);
  return Promise.resolve({
    store,
    tenantId: 'tenant',
    roleId: 'role',
    replicas: ['one', 'two', 'three'],
    row: (key, window) => Promise.resolve(store.row(key, window)),
    age: (ms) => {
      now += ms;
      return Promise.resolve();
    },
  });
}

describe('the ledger against its model', () => {
  it(`never breaks its invariant in ${RUNS} random runs of ${STEPS} steps, and ends at what was spent`, async () => {
    const seeds = Array.from({ length: RUNS }, (_, index) => index + 1);
    const happened = await runWorlds(seeds, STEPS, inMemory);
    for (const times of Object.values(happened)) expect(times).toBeGreaterThan(RUNS);
  });
});
