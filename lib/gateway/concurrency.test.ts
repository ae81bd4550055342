import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testGateway, type TestGateway } from './testing/test-gateway';
import { beginStream, chunkEvent, sendCompletion } from './testing/test-upstream';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway();
});
beforeEach(() => {
  gateway.clock.advance(3_600_000);
  gateway.upstream.peak = 0;
  gateway.upstream.requests.length = 0;
});
afterAll(() => gateway.close());

const parallel = <T>(count: number, make: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));
const statusOf = async (answer: Response) => {
  await answer.text();
  return answer.status;
};

/** Exactly `limit` more requests can be in flight: none of the former ones still holds a slot. */
async function expectAllSlotsFree(limit: number): Promise<void> {
  const held: (() => void)[] = [];
  const user = `probe ${Math.random()}`;
  gateway.upstream.answer(({ request, response }) => {
    // A request that was called off on its way may still arrive.
    if (request.user === user) held.push(() => sendCompletion(response));
    else response.destroy();
  });
  const answers = Array.from({ length: limit }, () => gateway.chat({ user }));
  await expect.poll(() => held.length, { timeout: 20_000 }).toBe(limit);
  expect((await gateway.chat()).status).toBe(429);
  held.forEach((release) => release());
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array(limit).fill(200));
}

describe('under parallel load', () => {
  it('exactly 100 of 300 requests pass a limit of 100 a minute', async () => {
    gateway.setPolicy({ rateLimitPolicy: { enabled: true, requestsPerMinute: 100 } });
    gateway.upstream.answer(({ response }) => sendCompletion(response));
    const statuses = await parallel(300, async () => statusOf(await gateway.chat()));
    expect(statuses.filter((status) => status === 200)).toHaveLength(100);
    expect(statuses.filter((status) => status === 429)).toHaveLength(200);
    expect(gateway.upstream.requests).toHaveLength(100);
  });

  it('never more than 10 of 200 requests are at the upstream under maxConcurrentRequests 10', async () => {
    gateway.setPolicy({ rateLimitPolicy: { enabled: true, maxConcurrentRequests: 10 } });
    for (let round = 0; round < 3; round++) {
      const held: (() => void)[] = [];
      gateway.upstream.answer(({ response }) => void held.push(() => sendCompletion(response)));
      const statuses: number[] = [];
      const all = parallel(200, async () => statuses.push(await statusOf(await gateway.chat())));
      await expect.poll(() => statuses.length, { timeout: 20_000 }).toBe(190);
      expect(new Set(statuses)).toEqual(new Set([429]));
      await expect.poll(() => held.length, { timeout: 20_000 }).toBe(10);
      held.forEach((release) => release());
      await all;
      expect(statuses.filter((status) => status === 200)).toHaveLength(10);
    }
    expect(gateway.upstream.peak).toBe(10);
    await expectAllSlotsFree(10);
  });

  it('slots are free again after clients leave, upstreams crash and answers are garbage', async () => {
    gateway.setPolicy({ rateLimitPolicy: { enabled: true, maxConcurrentRequests: 10 } });
    let turn = 0;
    gateway.upstream.answer(({ request, response }) => {
      turn += 1;
      if (turn % 3 === 0) response.destroy();
      else if (turn % 3 === 1) response.end('garbage');
      else if (request.stream === true) {
        beginStream(response);
        response.write(chunkEvent({ content: 'x' }));
      }
    });
    for (let round = 0; round < 6; round++) {
      await parallel(10, async (index) => {
        const controller = new AbortController();
        const answer = gateway.chat({ stream: index % 2 === 0 }, { signal: controller.signal });
        setTimeout(() => controller.abort(), 30);
        await answer
          .then((each) => each.text())
          .catch((error: Error) => expect(error.name).toBe('AbortError'));
      });
    }
    await expect.poll(() => gateway.active(), { timeout: 20_000 }).toBe(0);
    await expectAllSlotsFree(10);
  });

  it('a refused request consumes nothing in any window', async () => {
    gateway.setPolicy({
      rateLimitPolicy: {
        enabled: true,
        requestsPerMinute: 5,
        requestsPerHour: 50,
        tokensPerMinute: 1_000_000,
      },
    });
    gateway.upstream.answer(({ response }) => sendCompletion(response));
    await parallel(40, async () => statusOf(await gateway.chat()));
    gateway.clock.advance(61_000);
    const answer = await gateway.chat();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-ratelimit-limit-requests')).toBe('5');
    gateway.setPolicy({ rateLimitPolicy: { enabled: true, requestsPerHour: 50 } });
    const hourly = await gateway.chat();
    expect(hourly.headers.get('x-ratelimit-remaining-requests')).toBe(String(50 - 5 - 1 - 1));
  });
});
