import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { TEST_TENANT_ID } from '@/lib/gateway/testing/memory-principals';
import { completionBody, sendStream } from '@/lib/gateway/testing/test-upstream';
import { noArchive, type CacheTally } from './archive';
import { cachedGateway, caching, type CachedGateway } from './testing/cached-gateway';

const EXACT = caching({ similarityThreshold: 1 });
const asked = (more: object = {}) => ({
  messages: [{ role: 'user', content: 'the same' }],
  ...more,
});

describe('who asks for what is already being asked for', () => {
  let gateway: CachedGateway;
  const tallies: CacheTally[] = [];
  /** Lets the upstream answer the request that came first. */
  let answerLeader: () => void;

  beforeAll(async () => {
    const count = (tally: CacheTally) => void tallies.push(tally);
    const archive = { ...noArchive, count };
    gateway = await cachedGateway({ byMeaning: false, cache: { archive } });
  });
  beforeEach(async () => {
    gateway.setPolicy(EXACT);
    await gateway.cache.clear(TEST_TENANT_ID, null);
    hold({});
    gateway.calls();
    tallies.length = 0;
  });
  afterAll(() => gateway.close());

  /** The first request of the upstream waits for `answerLeader` and gets `change`; later ones are answered at once. */
  function hold(change: object): void {
    const opened = new Promise<void>((resolve) => (answerLeader = resolve));
    let isFirst = true;
    gateway.upstream.answer(async ({ request, response }) => {
      const isLeader = isFirst;
      isFirst = false;
      if (isLeader) await opened;
      if (request.stream) return sendStream(response, ['Hel', 'lo.']);
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ...completionBody(), ...(isLeader ? change : {}) }));
    });
  }

  /** A request that is at the upstream: whoever asks the same now follows it. */
  async function lead(more: object = {}, signal?: AbortSignal) {
    const before = gateway.upstream.requests.length;
    const answer = gateway.chat(asked(more), { signal });
    await expect.poll(() => gateway.upstream.requests.length).toBe(before + 1);
    return { answer };
  }

  /** Requests that have come as far as waiting for the leader. */
  async function follow(bodies: object[], signal?: AbortSignal) {
    const look = vi.spyOn(gateway.cache, 'look');
    const answers = bodies.map((more) => gateway.chat(asked(more), { signal }));
    await expect.poll(() => look.mock.calls.length).toBe(bodies.length);
    look.mockRestore();
    return { answers };
  }

  const statusOf = async (answer: Promise<Response>) =>
    (await answer).headers.get('x-rolegate-cache');
  const counted = () => ({
    hits: tallies.filter(({ hit }) => hit).length,
    misses: tallies.filter(({ hit }) => !hit).length,
  });

  it.each([
    ['a stream follows a whole answer', {}, { stream: true }],
    ['a whole answer follows a stream', { stream: true }, {}],
    ['a stream follows a stream', { stream: true }, { stream: true }],
  ])('%s', async (_what, leader, follower) => {
    const { answer } = await lead(leader);
    const { answers } = await follow([follower]);
    answerLeader();
    await (await answer).text();
    const [followed] = await Promise.all(answers);
    expect(followed?.headers.get('x-rolegate-cache')).toBe('hit-exact');
    const text = (await followed?.text()) ?? '';
    expect(text).toContain('Hello.');
    expect(text.endsWith('data: [DONE]\n\n')).toBe('stream' in follower);
    expect(gateway.calls()).toBe(1);
    expect(counted()).toEqual({ hits: 1, misses: 1 });
  });

  it('a leader whose client goes away takes nobody along', async () => {
    const controller = new AbortController();
    const { answer } = await lead({}, controller.signal);
    const { answers } = await follow([{}, { stream: true }]);
    controller.abort();
    await expect(answer).rejects.toThrow();
    const followed = await Promise.all(answers);
    expect(followed.map(({ status }) => status)).toEqual([200, 200]);
    answerLeader();
  });

  it('a leader whose answer may not be kept answers for itself only', async () => {
    const [choice] = (completionBody() as { choices: object[] }).choices;
    hold({ choices: [{ ...choice, finish_reason: 'length' }] });
    const { answer } = await lead();
    const { answers } = await follow([{}, {}]);
    answerLeader();
    expect((await answer).status).toBe(200);
    expect(await Promise.all(answers.map(statusOf))).toEqual(['miss', 'miss']);
    expect(gateway.calls()).toBe(3);
  });

  it('a follower that goes away asks nobody, is not counted and disturbs no other', async () => {
    const { answer } = await lead();
    const controller = new AbortController();
    const { answers } = await follow([{}], controller.signal);
    const { answers: others } = await follow([{}]);
    controller.abort();
    await expect(answers[0]).rejects.toThrow();
    await expect.poll(() => gateway.receipts.at(-1)?.code).toBe('client_closed_request');
    answerLeader();
    expect(await statusOf(answer)).toBe('miss');
    expect(await Promise.all(others.map(statusOf))).toEqual(['hit-exact']);
    expect(gateway.calls()).toBe(1);
    expect(counted()).toEqual({ hits: 1, misses: 1 });
  });

  it('nobody waits longer than the policy lets an attempt take', async () => {
    gateway.setPolicy({ ...EXACT, resiliencePolicy: { enabled: true, requestTimeoutMs: 20 } });
    const { answer } = await lead();
    // Answered while the leader still waits.
    expect(await statusOf(gateway.chat(asked()))).toBe('miss');
    answerLeader();
    await answer;
  });

  it('a purge while the leader is at work keeps its answer from everybody but those who waited', async () => {
    const { answer } = await lead();
    const { answers } = await follow([{}, {}]);
    gateway.cache.reload(TEST_TENANT_ID);
    answerLeader();
    expect(await statusOf(answer)).toBe('miss');
    expect(await Promise.all(answers.map(statusOf))).toEqual(['hit-exact', 'hit-exact']);
    expect(gateway.calls()).toBe(1);
    expect(await statusOf(gateway.chat(asked()))).toBe('miss');
  });
});
