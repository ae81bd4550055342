import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  cachedGateway,
  caching,
  type CachedGateway,
  type CachingInput,
} from '@/lib/cache/testing/cached-gateway';
import type { CacheTally } from '@/lib/cache/archive';
import { noArchive } from '@/lib/cache/archive';
import { allPolicyFields } from '@/lib/policy/walk';
import { sendCompletion } from '../testing/test-upstream';

const tallies: CacheTally[] = [];
let gateway: CachedGateway;
beforeAll(async () => {
  gateway = await cachedGateway({
    cache: { archive: { ...noArchive, count: (tally) => void tallies.push(tally) } },
  });
});
beforeEach(async () => {
  await gateway.cache.clear('11111111-1111-4111-8111-111111111111', null);
  gateway.upstream.answer(({ request, response }) =>
    sendCompletion(response, { model: request.model }),
  );
});
afterAll(() => gateway.close());

const use = (policy: CachingInput = {}) => gateway.setPolicy(caching(policy));
const status = async (body: string | object) => (await gateway.ask(body)).status;

/** How a question and then its paraphrase are answered. */
async function both(first: string, second: string): Promise<string[]> {
  const answers = [await status(first)];
  // The vector of what was stored is made after its answer has been sent.
  await gateway.encoder.encode(first);
  return [...answers, await status(second)];
}

const QUESTION = 'How do I reset my password?';
const LIKE_IT = 'How can I reset my password?';

/** One proof a field: what the gateway does changes with it. */
const PROOFS: Record<string, () => Promise<void>> = {
  'cachingPolicy.enabled': async () => {
    use();
    expect([await status('a'), await status('a')]).toEqual(['miss', 'hit-exact']);
    use({ enabled: false });
    expect(await status('a')).toBe('off');
  },
  'cachingPolicy.similarityThreshold': async () => {
    use({ similarityThreshold: 0.9 });
    expect(await both(QUESTION, LIKE_IT)).toEqual(['miss', 'hit-semantic']);
    use({ similarityThreshold: 1 });
    expect(await status('How could I reset my password?')).toBe('miss');
  },
  'cachingPolicy.ttlSeconds': async () => {
    use({ ttlSeconds: 60 });
    await status('a');
    gateway.clock.advance(59_999);
    expect(await status('a')).toBe('hit-exact');
    gateway.clock.advance(1);
    expect(await status('a')).toBe('miss');
    gateway.clock.advance(30_000);
    use({ ttlSeconds: 20 });
    expect(await status('a')).toBe('miss');
  },
  'cachingPolicy.maxCacheSize': async () => {
    use({ maxCacheSize: 2, similarityThreshold: 1 });
    for (const text of ['a', 'b', 'a', 'c']) await status(text);
    expect([await status('a'), await status('c')]).toEqual(['hit-exact', 'hit-exact']);
    expect(await status('b')).toBe('miss');
    use({ maxCacheSize: 1, similarityThreshold: 1 });
    await status('b');
    expect((await gateway.cache.size('11111111-1111-4111-8111-111111111111', null)).entries).toBe(
      1,
    );
  },
  'cachingPolicy.cacheStreaming': async () => {
    const stream = { messages: [{ role: 'user', content: 'a' }], stream: true };
    use();
    await status('a');
    expect(await status(stream)).toBe('hit-exact');
    use({ cacheStreaming: false });
    expect(await status(stream)).toBe('bypass');
    expect(await status('a')).toBe('hit-exact');
  },
  'cachingPolicy.cacheToolCalls': async () => {
    gateway.upstream.answer(({ response }) =>
      sendCompletion(response, { content: null, toolCalls: [{ name: 'look' }] }),
    );
    use();
    expect([await status('a'), await status('a')]).toEqual(['miss', 'miss']);
    use({ cacheToolCalls: true });
    expect([await status('a'), await status('a')]).toEqual(['miss', 'hit-exact']);
    use();
    expect(await status('a')).toBe('miss');
  },
  'cachingPolicy.excludedModels': async () => {
    use();
    await status('a');
    use({ excludedModels: ['test/*'] });
    expect(await status('a')).toBe('bypass');
  },
  'cachingPolicy.excludedPatterns': async () => {
    use({ excludedPatterns: ['(?i)weather'] });
    expect(await status('The Weather, please')).toBe('bypass');
    expect([await status('a'), await status('a')]).toEqual(['miss', 'hit-exact']);
  },
  'cachingPolicy.trackSavings': async () => {
    const model = 'test/gpt-4o-mini';
    const paid = { model, messages: [{ role: 'user', content: 'a' }] };
    gateway.principals.update(gateway.key, {
      connections: [
        {
          id: 'c',
          tenantId: '11111111-1111-4111-8111-111111111111',
          name: 'test',
          kind: 'openai',
          baseUrl: gateway.upstream.url,
          credential: 'x',
          models: ['gpt-4o-mini', 'test-model'],
          enabled: true,
        },
      ],
    });
    use();
    await status(paid);
    await status(paid);
    expect(tallies.at(-1)).toMatchObject({ hit: true, costSavedUsd: '0.0000045' });
    expect(tallies.at(-1)?.latencySavedMs).toBeGreaterThan(0);
    use({ trackSavings: false });
    await status(paid);
    expect(tallies.at(-1)).toMatchObject({ hit: true, costSavedUsd: '0', latencySavedMs: 0 });
  },
  'cachingPolicy.scope': async () => {
    const asked = (user: string) => ({ user, messages: [{ role: 'user', content: 'a' }] });
    use({ scope: 'user' });
    expect(await status('a')).toBe('bypass');
    await status(asked('ann'));
    expect([await status(asked('ann')), await status(asked('bob'))]).toEqual(['hit-exact', 'miss']);
    use({ scope: 'role' });
    await status(asked('ann'));
    expect(await status(asked('bob'))).toBe('hit-exact');
  },
};

describe('cachingPolicy has no dead fields', () => {
  for (const [path, proof] of Object.entries(PROOFS)) it(path, proof);

  it('every field of the section has a proof', () => {
    const fields = allPolicyFields()
      .map(({ path }) => path)
      .filter((path) => path.startsWith('cachingPolicy.'));
    expect(Object.keys(PROOFS).sort()).toEqual([...fields].sort());
  });
});
