import { describe, expect, it } from 'vitest';
import type { Clock } from '@/lib/gateway/types';
import type { BreakerPermit, BreakerRecord, BreakerRefusal, Breakers } from './breaker';

const LIMITS = { threshold: 3, timeoutMs: 60_000 };

type Make = (
  clock: Clock,
  changed: (record: BreakerRecord) => void,
  stored?: readonly BreakerRecord[],
) => Breakers | Promise<Breakers>;

/** What every implementation of `Breakers` promises. */
export function breakersContract(named: string, make: Make): void {
  const setUp = async (stored?: readonly BreakerRecord[]) => {
    const time = { now: 1_000_000 };
    const changes: BreakerRecord[] = [];
    const breakers = await make({ now: () => time.now }, (record) => changes.push(record), stored);
    const admit = async (
      provider = 'openai',
      tenant = 'tenant',
    ): Promise<BreakerPermit | BreakerRefusal> => breakers.admit(tenant, provider, LIMITS);
    const permit = async (): Promise<BreakerPermit> => {
      const admitted = await admit();
      if ('retryAfterMs' in admitted) throw new Error('refused');
      return admitted;
    };
    const open = async () => {
      for (let index = 0; index < LIMITS.threshold; index += 1) (await permit()).failed();
    };
    return { time, changes, breakers, admit, permit, open };
  };

  describe(`circuit breaker (${named})`, () => {
    it('opens after as many consecutive failures as the threshold, not one earlier', async () => {
      const { permit, admit } = await setUp();
      (await permit()).failed();
      (await permit()).failed();
      expect(await admit()).not.toHaveProperty('retryAfterMs');
      (await permit()).failed();
      expect(await admit()).toEqual({ retryAfterMs: 60_000 });
    });

    it('starts counting anew after a success', async () => {
      const { permit, admit } = await setUp();
      (await permit()).failed();
      (await permit()).failed();
      (await permit()).succeeded();
      (await permit()).failed();
      (await permit()).failed();
      expect(await admit()).not.toHaveProperty('retryAfterMs');
    });

    it('lets exactly one of 500 requests through as the probe once the timeout has passed', async () => {
      const { open, admit, time } = await setUp();
      await open();
      time.now += 59_999;
      expect(await admit()).toEqual({ retryAfterMs: 1 });
      time.now += 1;
      const admitted = await Promise.all(Array.from({ length: 500 }, () => admit()));
      const through = admitted.filter((each): each is BreakerPermit => 'probe' in each);
      expect(through).toHaveLength(1);
      expect(through[0]!.probe).toBe(true);
    });

    it('closes when the probe succeeds and opens for the whole timeout when it fails', async () => {
      const { open, permit, admit, time } = await setUp();
      await open();
      time.now += 60_000;
      (await permit()).failed();
      expect(await admit()).toEqual({ retryAfterMs: 60_000 });
      time.now += 60_000;
      (await permit()).succeeded();
      expect(await admit()).toMatchObject({ probe: false });
      expect(await admit()).toMatchObject({ probe: false });
    });

    it('lets the next request probe at once when a probe was called off', async () => {
      const { open, permit, time } = await setUp();
      await open();
      time.now += 60_000;
      (await permit()).unknown();
      expect((await permit()).probe).toBe(true);
    });

    it('gives a probe that never reports up after two minutes', async () => {
      const { open, permit, admit, time } = await setUp();
      await open();
      time.now += 60_000;
      expect((await permit()).probe).toBe(true);
      time.now += 119_999;
      expect(await admit()).toHaveProperty('retryAfterMs');
      time.now += 1;
      expect((await permit()).probe).toBe(true);
    });

    it('ignores late answers to requests from before it opened', async () => {
      const { open, permit, admit } = await setUp();
      const early = await permit();
      await open();
      early.succeeded();
      expect(await admit()).toHaveProperty('retryAfterMs');
    });

    it('counts a permit once, however often it is told', async () => {
      const { permit, admit } = await setUp();
      const one = await permit();
      for (let index = 0; index < 10; index += 1) one.failed();
      expect(await admit()).not.toHaveProperty('retryAfterMs');
    });

    it('keeps tenants and providers apart', async () => {
      const { open, admit } = await setUp();
      await open();
      expect(await admit('openai')).toHaveProperty('retryAfterMs');
      expect(await admit('anthropic')).not.toHaveProperty('retryAfterMs');
      expect(await admit('openai', 'other')).not.toHaveProperty('retryAfterMs');
    });

    it('is closed by hand, and tells of every change of state', async () => {
      const { open, breakers, admit, changes } = await setUp();
      await open();
      // Whatever was told before has been taken in once the next question is answered.
      await admit('another');
      expect(breakers.list('tenant')).toMatchObject([
        { provider: 'openai', state: 'open', failureCount: 3 },
      ]);
      expect(breakers.reset('tenant', 'openai')).toBe(true);
      expect(breakers.reset('tenant', 'nobody')).toBe(false);
      expect(await admit()).not.toHaveProperty('retryAfterMs');
      expect(changes.map((change) => change.state)).toEqual(['open', 'closed']);
    });
    it('takes over what was open before a restart, a lost probe included', async () => {
      const { time, permit, admit } = await setUp([
        {
          tenantId: 'tenant',
          provider: 'openai',
          state: 'half_open',
          failureCount: 3,
          lastFailureAt: 1_000_000,
          openedAt: 990_000,
          timeoutMs: 60_000,
        },
      ]);
      expect(await admit()).toEqual({ retryAfterMs: 50_000 });
      time.now += 50_000;
      expect((await permit()).probe).toBe(true);
    });

    it('tells those whom a probe keeps waiting when it has ended', async () => {
      const { open, permit, admit, time } = await setUp();
      await open();
      time.now += 60_000;
      const probe = await permit();
      const refused = await admit();
      if (!('retryAfterMs' in refused)) throw new Error('admitted');
      probe.succeeded();
      await refused.probed;
      expect(await admit()).toMatchObject({ probe: false });
    });
  });
}
