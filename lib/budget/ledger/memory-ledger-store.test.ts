import { randomUUID } from 'node:crypto';
import { describe } from 'vitest';
import { periodsAt } from '../periods';
import { ledgerStoreContract } from './ledger-store.contract';
import { MemoryLedgerStore } from './memory-ledger-store';

describe('ledger store in memory', () => {
  ledgerStoreContract(() => {
    const time = { now: Date.now() };
    const store = new MemoryLedgerStore(() => time.now);
    return Promise.resolve({
      store,
      account: (at = Date.now()) =>
        Promise.resolve({
          tenantId: randomUUID(),
          roleId: randomUUID(),
          periods: periodsAt(at, 'UTC'),
        }),
      row: (key, window) => Promise.resolve(store.row(key, window)),
      age: (ms) => {
        time.now += ms;
        return Promise.resolve();
      },
    });
  });
});
