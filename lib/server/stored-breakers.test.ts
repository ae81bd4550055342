import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withSystem } from '@/lib/db/client';
import { createTenant } from '@/lib/db/tenants-repository';
import { testDatabase, type TestDatabase } from '@/lib/db/testing';
import { FakeClock } from '@/lib/gateway/testing/fake-clock';
import { log } from '@/lib/log';
import { openBreakers } from './stored-breakers';

const LIMITS = { threshold: 2, timeoutMs: 60_000 };

let database: TestDatabase;
let tenantId: string;
beforeAll(async () => {
  database = await testDatabase();
  const tenant = await withSystem((tx) =>
    createTenant(tx, { name: 'Acme', slug: 'acme', tier: 'free' }),
  );
  tenantId = tenant.id;
});
afterAll(() => database.close());

describe('breakers of this process', () => {
  it('go on after a restart where they stopped: open for the rest of their time, then one probe', async () => {
    const clock = new FakeClock();
    const before = await openBreakers(clock, log());
    for (let turn = 0; turn < LIMITS.threshold; turn += 1) {
      const permit = await before.breakers.admit(tenantId, 'openai', LIMITS);
      if ('retryAfterMs' in permit) throw new Error('refused');
      permit.failed();
    }
    await before.drain();

    clock.advance(20_000);
    const after = await openBreakers(clock, log());
    expect(await after.breakers.admit(tenantId, 'openai', LIMITS)).toEqual({
      retryAfterMs: 40_000,
    });
    expect(after.breakers.isOpen(tenantId, 'openai')).toBe(true);
    clock.advance(40_000);
    const probe = await after.breakers.admit(tenantId, 'openai', LIMITS);
    if ('retryAfterMs' in probe) throw new Error('refused');
    expect(probe.probe).toBe(true);
    probe.succeeded();
    await after.drain();

    const closed = await openBreakers(clock, log());
    expect(closed.breakers.isOpen(tenantId, 'openai')).toBe(false);
    await closed.drain();
  });
});
