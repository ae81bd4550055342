import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { TEST_TENANT_ID } from '@/lib/gateway/testing/memory-principals';
import { SemanticAnswerCache } from './answer-cache';
import { noArchive, type CacheArchive } from './archive';
import type { CacheEntry } from './entry';
import { pairOf } from './semantic';
import { Shelves } from './shelves';
import { StoredAnswers } from './stored-answers';
import { cachedGateway, caching, type CachedGateway } from './testing/cached-gateway';

/** An archive that keeps what it is given, and whose reads end when they are told to. */
function slowArchive(wrongPairs: string[] = []) {
  const stored: CacheEntry[] = [];
  const removed: string[] = [];
  const gate = { open: () => undefined as void, begun: Promise.resolve() };
  const archive: CacheArchive = {
    ...noArchive,
    save: (entry) => void stored.push(entry),
    remove: (entries) => void removed.push(...entries.map(({ question }) => question)),
    load: async () => {
      // What is read is what stood there at the beginning, as in a snapshot of the database.
      const entries = [...stored];
      let begin = () => undefined as void;
      gate.begun = new Promise((resolve) => (begin = resolve));
      const opened = new Promise<void>((resolve) => (gate.open = resolve));
      begin();
      await opened;
      return { entries, wrongPairs };
    },
  };
  return { archive, stored, removed, gate };
}

it('a purge during the first read of stored entries is not undone by what was read before it', async () => {
  const { archive, stored, gate } = slowArchive();
  const gateway = await cachedGateway({
    byMeaning: false,
    policy: caching({ similarityThreshold: 1 }),
    cache: { archive, loadWaitMs: 0 },
  });
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

it('what was asked for while stored entries were read is newer than all of them', async () => {
  const { archive, stored, removed, gate } = slowArchive();
  const policy = caching({ similarityThreshold: 1, maxCacheSize: 2 });
  const options = { byMeaning: false, policy, cache: { archive, loadWaitMs: 0 } };
  const gateways: CachedGateway[] = [];
  const start = async () => {
    const gateway = await cachedGateway(options);
    gateways.push(gateway);
    return async (text: string) => (await gateway.ask(text)).status;
  };
  try {
    const before = await start();
    for (const text of ['old', 'older than none']) await before(text);
    expect(stored).toHaveLength(2);
    gate.open();

    const after = await start();
    expect(await after('new')).toBe('miss');
    gate.open();
    expect(await after('new')).toBe('hit-exact');
    expect(removed).toEqual(['old']);
    expect(await after('older than none')).toBe('hit-exact');
  } finally {
    gate.open();
    for (const gateway of gateways) await gateway.close();
  }
});

it('what was made while stored entries could not be read goes with a purge too', async () => {
  const archive = { ...noArchive, load: () => Promise.reject(new Error('away')) };
  const policy = caching({ similarityThreshold: 1 });
  const gateway = await cachedGateway({ byMeaning: false, policy, cache: { archive } });
  const status = async () => (await gateway.ask('Which colour?')).status;
  try {
    expect([await status(), await status()]).toEqual(['miss', 'hit-exact']);
    gateway.cache.reload(TEST_TENANT_ID);
    expect(await status()).toBe('miss');
  } finally {
    await gateway.close();
  }
});

it('nothing is compared by meaning before the pairs that must not match are known', async () => {
  const [first, second] = ['How do I reset my password?', 'How can I reset my password?'] as const;
  const { archive, gate } = slowArchive([pairOf(first, second)]);
  const gateway = await cachedGateway({
    policy: caching({ similarityThreshold: 0.9 }),
    cache: { archive, loadWaitMs: 0 },
  });
  const status = async (text: string) => (await gateway.ask(text)).status;
  try {
    expect(await status(first)).toBe('miss');
    await gateway.encoder.encode(first);
    await gateway.cache.settled();
    expect(await status(second)).toBe('miss');
    gate.open();
    await gateway.cache.forget(TEST_TENANT_ID, { matches: ({ question }) => question === second });
    expect(await status(second)).toBe('miss');
    expect(await status('How could I reset my password?')).toBe('hit-semantic');
  } finally {
    gate.open();
    await gateway.close();
  }
});

it('an answer is called wrong before the purge is announced, so that whoever reads anew reads the pair', async () => {
  const order: string[] = [];
  const archive: CacheArchive = {
    ...noArchive,
    keepWrongPair: async () => {
      await Promise.resolve();
      order.push('pair');
    },
    forget: () => Promise.resolve(void order.push('purge')),
  };
  const cache = new SemanticAnswerCache({
    archive,
    encoder: { encode: () => Promise.resolve(undefined) },
    log: { warn: () => undefined },
    maxBytes: 1e6,
  });
  const shelf = { tenantId: 't', roleId: 'r' };
  await cache.reject(shelf, { entryId: 'e', pair: 'p' });
  expect(order).toEqual(['pair', 'purge']);
});

it('a large role is taken in by and by: others have their turn in between', async () => {
  const { archive, stored, gate } = slowArchive();
  const shelves = new Shelves(1e9, () => undefined);
  const shelf = { tenantId: 't', roleId: 'r' };
  const one = { keyId: 'k', partition: 'p', question: '', vector: null, requestedModel: 'm' };
  const target = { provider: 'p', kind: 'openai', model: 'm' } as const;
  for (let index = 0; index < 3000; index++) {
    const [id, body] = [`${index}`, Buffer.alloc(10)];
    stored.push({ ...shelf, ...one, target, id, exactKey: id, body, createdAt: 0, expiresAt: 1 });
  }
  const answers = new StoredAnswers({
    archive,
    shelves,
    log: { warn: () => undefined },
    waitMs: 60_000,
  });
  const ready = answers.ready(shelf, 0);
  await gate.begun;
  gate.open();
  await nextTurn();
  expect(answers.isShelving(shelf)).toBe(true);
  expect(shelves.size).toBeLessThan(3000);
  await ready;
  expect([shelves.size, answers.isRead(shelf)]).toEqual([3000, true]);
});
