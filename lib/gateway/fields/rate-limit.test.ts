import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RolePolicyInput } from '@/lib/policy/role-policy';
import { testGateway, type TestGateway } from '../testing/test-gateway';
import { beginStream, chunkEvent, sendCompletion, usageEvent } from '../testing/test-upstream';

type RateLimits = NonNullable<RolePolicyInput['rateLimitPolicy']>;
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway({
    connections: [{ kind: 'openai-compatible', name: 'test', models: ['test-model', 'other'] }],
  });
});
beforeEach(() => {
  gateway.clock.advance(2 * DAY);
  gateway.upstream.answer(({ response }) =>
    sendCompletion(response, { promptTokens: 40, completionTokens: 60 }),
  );
});
afterAll(() => gateway.close());

const limit = (policy: RateLimits) =>
  gateway.setPolicy({ rateLimitPolicy: { enabled: true, ...policy } });

type Answer = { status: number; code: string | null; headers: Headers };
async function ask(body: object = {}, key?: string): Promise<Answer> {
  const answer = await gateway.chat(body, { key });
  const text = await answer.text();
  const { error } =
    answer.status === 200 ? { error: null } : (JSON.parse(text) as { error: { code: string } });
  return { status: answer.status, code: error?.code ?? null, headers: answer.headers };
}
/** Statuses of so many requests, one after another. */
async function statuses(count: number, body?: object): Promise<number[]> {
  const all: number[] = [];
  for (let index = 0; index < count; index++) all.push((await ask(body)).status);
  return all;
}

describe('rateLimitPolicy', () => {
  it('enabled: off, nothing else in the section counts', async () => {
    gateway.setPolicy({
      rateLimitPolicy: { requestsPerMinute: 1, maxConcurrentRequests: 1, tokensPerDay: 1 },
    });
    expect(await statuses(3)).toEqual([200, 200, 200]);
    expect((await ask()).headers.has('x-ratelimit-limit-requests')).toBe(false);
  });

  it.each([
    ['requestsPerMinute', MINUTE],
    ['requestsPerHour', HOUR],
    ['requestsPerDay', DAY],
  ] as const)(
    '%s: refuses once the window is full and admits when it has passed',
    async (field, windowMs) => {
      limit({ [field]: 2 });
      expect(await statuses(3)).toEqual([200, 200, 429]);
      const refused = await ask();
      expect(refused.code).toBe('rate_limit_exceeded');
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(refused.headers.get('x-ratelimit-limit-requests')).toBe('2');
      expect(refused.headers.get('x-ratelimit-remaining-requests')).toBe('0');
      gateway.clock.advance(windowMs + 1);
      expect((await ask()).status).toBe(200);
    },
  );

  it.each([
    ['tokensPerMinute', MINUTE],
    ['tokensPerHour', HOUR],
    ['tokensPerDay', DAY],
  ] as const)('%s: counts the tokens that were really used', async (field, windowMs) => {
    limit({ [field]: 150 });
    const first = await ask();
    expect(first.status).toBe(200);
    expect(first.headers.get('x-ratelimit-limit-tokens')).toBe('150');
    expect((await ask()).status).toBe(200);
    const refused = await ask();
    expect(refused).toMatchObject({ status: 429, code: 'token_rate_limit_exceeded' });
    gateway.clock.advance(windowMs + 1);
    expect((await ask()).status).toBe(200);
  });

  it('tokens: the estimate is charged on admission and corrected at the end', async () => {
    limit({ tokensPerMinute: 1000 });
    const bounded = await ask({ max_tokens: 900 });
    expect(Number(bounded.headers.get('x-ratelimit-remaining-tokens'))).toBeLessThan(100);
    const next = await ask();
    expect(Number(next.headers.get('x-ratelimit-remaining-tokens'))).toBeGreaterThan(850);
    expect(await ask({ max_tokens: 5000 })).toMatchObject({
      status: 429,
      code: 'token_rate_limit_exceeded',
    });
  });

  it('tokens: of a stream are corrected too', async () => {
    limit({ tokensPerMinute: 1000 });
    gateway.upstream.answer(({ response }) => {
      beginStream(response);
      response.write(chunkEvent({ content: 'Hi' }, { finish_reason: 'stop' }));
      response.write(usageEvent({ promptTokens: 400, completionTokens: 500 }));
      response.end('data: [DONE]\n\n');
    });
    await ask({ stream: true });
    const next = await ask();
    expect(Number(next.headers.get('x-ratelimit-remaining-tokens'))).toBeLessThan(100);
  });

  it('maxConcurrentRequests: refuses one more at once', async () => {
    limit({ maxConcurrentRequests: 1 });
    let release = () => undefined as void;
    const held = new Promise<void>((resolve) =>
      gateway.upstream.answer(({ response }) => {
        release = () => sendCompletion(response);
        resolve();
      }),
    );
    const first = ask();
    await held;
    expect(await ask()).toMatchObject({ status: 429, code: 'concurrency_limit_exceeded' });
    release();
    expect((await first).status).toBe(200);
    gateway.upstream.answer(({ response }) => sendCompletion(response));
    expect((await ask()).status).toBe(200);
  });

  it('burstRequests: how many may come at once above the steady rate', async () => {
    limit({ requestsPerMinute: 60, burstRequests: 2 });
    expect(await statuses(4)).toEqual([200, 200, 200, 429]);
    gateway.clock.advance(1001);
    expect(await statuses(2)).toEqual([200, 429]);
    limit({ requestsPerMinute: 60, burstRequests: 0 });
    expect(await statuses(10)).toEqual(Array(10).fill(200));
  });

  it('scope: shared by the keys of a role, or counted for each key', async () => {
    const roleId = 'shared';
    const connections = [
      {
        kind: 'openai-compatible' as const,
        name: 'test',
        models: ['test-model'],
        baseUrl: gateway.upstream.url,
      },
    ];
    for (const [scope, expected] of [
      ['role', 429],
      ['key', 200],
    ] as const) {
      gateway.clock.advance(HOUR);
      const policy = { rateLimitPolicy: { enabled: true, scope, requestsPerMinute: 1 } };
      const [one, two] = [0, 1].map(() => gateway.principals.add({ roleId, connections, policy }));
      expect((await ask({}, one)).status).toBe(200);
      expect((await ask({}, two)).status).toBe(expected);
    }
  });

  it('perModel: further limits for models that match', async () => {
    limit({ perModel: { 'test-*': { requestsPerMinute: 1 }, other: { tokensPerMinute: 150 } } });
    expect(await statuses(2)).toEqual([200, 429]);
    expect(await statuses(3, { model: 'test/other' })).toEqual([200, 200, 429]);
  });

  it('perModel: also for a model that the role chooses, not the request', async () => {
    gateway.setPolicy({
      modelRestrictions: { enabled: true, defaultModel: 'test/other' },
      rateLimitPolicy: { enabled: true, perModel: { other: { requestsPerMinute: 1 } } },
    });
    expect(await statuses(2, { model: 'auto' })).toEqual([200, 429]);
  });

  it('perModel: also for a model that routing chooses', async () => {
    const routed = await testGateway({
      connections: [{ kind: 'openai-compatible', name: 'test', models: ['test-model', 'other'] }],
      policy: {
        routingPolicy: { enabled: true },
        rateLimitPolicy: { enabled: true, perModel: { other: { requestsPerMinute: 1 } } },
      },
      deps: {
        planner: {
          plan: ({ connections: [connection] }) =>
            Promise.resolve({
              strategy: 'cost',
              reason: 'simple',
              targets: [{ connection: connection!, model: 'other' }],
              candidates: [],
            }),
        },
      },
    });
    expect((await routed.chat({ model: 'auto' })).status).toBe(200);
    const refused = await routed.chat({ model: 'auto' });
    expect(refused.status).toBe(429);
    expect(refused.headers.get('x-ratelimit-limit-requests')).toBe('1');
    expect(routed.upstream.requests).toHaveLength(1);
    await routed.close();
  });

  it('a request that is refused before or after takes nothing', async () => {
    gateway.setPolicy({
      promptPolicies: { enabled: true, maxMessages: 1 },
      rateLimitPolicy: { enabled: true, requestsPerMinute: 2 },
    });
    const tooMany = {
      messages: [
        { role: 'user', content: '1' },
        { role: 'user', content: '2' },
      ],
    };
    expect(await statuses(5, tooMany)).toEqual(Array(5).fill(400));
    expect(await statuses(2)).toEqual([200, 200]);
  });

  it('what the provider refused counts as a request and gives its tokens back', async () => {
    limit({ requestsPerMinute: 3, tokensPerMinute: 1000 });
    gateway.upstream.answer(({ response }) => {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end('{"error":{"message":"no"}}');
    });
    await ask({ max_tokens: 900 });
    gateway.upstream.answer(({ response }) => sendCompletion(response));
    const next = await ask();
    expect(next.headers.get('x-ratelimit-remaining-requests')).toBe('1');
    expect(Number(next.headers.get('x-ratelimit-remaining-tokens'))).toBeGreaterThan(950);
  });
});
