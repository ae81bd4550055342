import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { breakersContract } from '@/lib/gateway/resilience/breakers.contract';
import { RedisBreakers } from './redis-breakers';
import { testRedisClients } from './redis-testing';

const LIMITS = { threshold: 2, timeoutMs: 60_000 };
const client = testRedisClients();

const connections = async () => ({ redis: await client(), subscriber: await client() });

breakersContract('redis', async (clock, changed, stored) =>
  RedisBreakers.open({ ...(await connections()), clock, changed, keyPrefix: randomUUID() }, stored),
);

describe('breakers shared by replicas', () => {
  it('open, probe once and close together', async () => {
    const keyPrefix = randomUUID();
    const time = { now: 1_000_000 };
    const clock = { now: () => time.now };
    const replicas = await Promise.all(
      [1, 2, 3].map(async () => RedisBreakers.open({ ...(await connections()), clock, keyPrefix })),
    );
    const admit = (index: number) => replicas[index % 3]!.admit('tenant', 'openai', LIMITS);
    for (const index of [0, 1]) {
      const permit = await admit(index);
      if ('retryAfterMs' in permit) throw new Error('refused');
      permit.failed();
      // The next command on this connection comes after it.
      await replicas[index]!.admit('tenant', 'another', LIMITS);
    }
    expect(await admit(2)).toEqual({ retryAfterMs: 60_000 });
    expect(replicas[2]!.isOpen('tenant', 'openai')).toBe(true);

    time.now += 60_000;
    const admitted = await Promise.all(Array.from({ length: 300 }, (_, index) => admit(index)));
    const through = admitted.filter((each) => 'probe' in each);
    expect(through).toHaveLength(1);
    const waiting = admitted.filter((each) => 'retryAfterMs' in each);
    expect(waiting.every((each) => each.probed !== undefined)).toBe(true);
    through[0]!.succeeded();
    for (const each of waiting) await each.probed;
    expect(await admit(0)).toMatchObject({ probe: false });
  });

  it('judge by what they see themselves while Redis is away', async () => {
    const errors: unknown[] = [];
    const { redis, subscriber } = await connections();
    const breakers = await RedisBreakers.open({
      redis,
      subscriber,
      keyPrefix: randomUUID(),
      onError: (error) => errors.push(error),
    });
    redis.disconnect();
    for (let turn = 0; turn < 2; turn += 1) {
      const permit = await breakers.admit('tenant', 'openai', LIMITS);
      if ('retryAfterMs' in permit) throw new Error('refused');
      permit.failed();
    }
    expect(await breakers.admit('tenant', 'openai', LIMITS)).toHaveProperty('retryAfterMs');
    expect(breakers.isOpen('tenant', 'openai')).toBe(true);
    expect(errors).toHaveLength(3);
  });
});
