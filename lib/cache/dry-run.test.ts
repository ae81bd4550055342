import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { evaluateChat } from '@/lib/gateway/evaluate';
import { TEST_TENANT_ID } from '@/lib/gateway/testing/memory-principals';
import { sendCompletion } from '@/lib/gateway/testing/test-upstream';
import { rolePolicySchema, type RolePolicyInput } from '@/lib/policy/role-policy';
import { noArchive, type CacheTally } from './archive';
import { cachedGateway, caching, type CachedGateway } from './testing/cached-gateway';

describe('a request that is only judged', () => {
  let gateway: CachedGateway;
  const tallies: CacheTally[] = [];
  const removed: string[] = [];

  beforeAll(async () => {
    const archive = {
      ...noArchive,
      count: (tally: CacheTally) => void tallies.push(tally),
      remove: (entries: readonly { question: string }[]) =>
        void removed.push(...entries.map(({ question }) => question)),
    };
    gateway = await cachedGateway({ byMeaning: false, cache: { archive } });
  });
  beforeEach(async () => {
    gateway.setPolicy(caching({ similarityThreshold: 1, ttlSeconds: 60, maxCacheSize: 3 }));
    await gateway.cache.clear(TEST_TENANT_ID, null);
    gateway.upstream.answer(({ response }) => sendCompletion(response));
    tallies.length = 0;
    removed.length = 0;
  });
  afterAll(() => gateway.close());

  const judge = (content: string, policy?: RolePolicyInput) =>
    evaluateChat(
      {
        principal: gateway.principals.of(gateway.key),
        request: { model: 'test/test-model', messages: [{ role: 'user', content }] },
        ...(policy ? { policy: rolePolicySchema.parse(policy) } : {}),
      },
      gateway.deps,
    );
  const entries = async () => (await gateway.cache.size(TEST_TENANT_ID, null)).entries;

  it('is told hit and miss, stores nothing and counts nothing', async () => {
    await gateway.ask('a');
    tallies.length = 0;
    expect((await judge('a')).cache.status).toBe('hit-exact');
    expect((await judge('b')).cache.status).toBe('miss');
    expect((await judge('b')).cache.status).toBe('miss');
    expect([await entries(), tallies.length]).toEqual([1, 0]);
    expect((await gateway.ask('b')).status).toBe('miss');
  });

  it('keeps nobody waiting, and waits for nobody', async () => {
    let answer = () => undefined as void;
    const opened = new Promise<void>((resolve) => (answer = resolve));
    gateway.upstream.answer(async ({ response }) => {
      await opened;
      response.writeHead(500).end('{}');
    });
    const asked = gateway.upstream.requests.length;
    const leader = gateway.chat({ messages: [{ role: 'user', content: 'c' }] });
    await expect.poll(() => gateway.upstream.requests.length).toBe(asked + 1);
    expect((await judge('c')).cache.status).toBe('miss');
    answer();
    await leader;
  });

  it('uses nothing up: neither the order of use nor the size of a policy that is tried out', async () => {
    for (const text of ['a', 'b', 'c']) await gateway.ask(text);
    await judge('a');
    await judge('a', caching({ maxCacheSize: 1, similarityThreshold: 1 }));
    await judge('a', caching({ ttlSeconds: 1, similarityThreshold: 1 }));
    gateway.clock.advance(30_000);
    await judge('a', caching({ ttlSeconds: 1, similarityThreshold: 1 }));
    expect([await entries(), removed]).toEqual([3, []]);
    await gateway.ask('d');
    // The least recently asked for, by somebody who got an answer.
    expect(removed).toEqual(['a']);
  });
});
