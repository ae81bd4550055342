import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testGateway, type TestGateway } from './testing/test-gateway';
import {
  beginStream,
  chunkEvent,
  completionBody,
  drained,
  sendCompletion,
  type UpstreamHandler,
} from './testing/test-upstream';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway();
});
afterAll(() => gateway.close());

const GIBIBYTE = 2 ** 30;
const json = { 'content-type': 'application/json' };

/** Writes a gibibyte as fast as it is taken, until the gateway has had enough. */
const gibibyte =
  (head: string, headers: Record<string, string>, piece: string): UpstreamHandler =>
  async ({ response }) => {
    response.writeHead(200, headers);
    response.write(head);
    const chunk = Buffer.from(piece.repeat(Math.ceil((256 * 1024) / piece.length)));
    for (let sent = 0; sent < GIBIBYTE && !response.destroyed; sent += chunk.byteLength) {
      if (!response.write(chunk)) await drained(response);
    }
    response.end();
  };

const WHOLE: [string, UpstreamHandler][] = [
  ['garbage', ({ response }) => void response.writeHead(200, json).end('\u0000\u0001<not json>')],
  [
    'half a JSON',
    ({ response }) => void response.writeHead(200, json).end('{"id":"x","choices":[{"ind'),
  ],
  ['a connection that closes', ({ response }) => void response.destroy()],
  [
    'a connection that closes within the body',
    ({ response }) => {
      response.writeHead(200, { ...json, 'content-length': 1000 });
      response.write('{"id":', () => response.destroy());
    },
  ],
  [
    'another content type',
    ({ response }) =>
      void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hi</h1>'),
  ],
  ['an empty body', ({ response }) => void response.writeHead(200, json).end()],
  ['JSON of another kind', ({ response }) => void response.writeHead(200, json).end('[1,2,3]')],
  [
    'an error with status 200',
    ({ response }) => void response.writeHead(200, json).end('{"error":{"message":"no"}}'),
  ],
  [
    'a redirect',
    ({ response }) => void response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
  ],
  [
    'an event stream nobody asked for',
    ({ response }) => {
      beginStream(response);
      response.end(chunkEvent({ content: 'x' }));
    },
  ],
  ['a gibibyte', gibibyte('{"id":"', json, 'x')],
];

const STREAMED: [string, UpstreamHandler][] = [
  [
    'garbage',
    ({ response }) => {
      beginStream(response);
      response.end('data: {"not json\n\n');
    },
  ],
  [
    'nothing',
    ({ response }) => {
      beginStream(response);
      response.end();
    },
  ],
  [
    '[DONE] at once',
    ({ response }) => {
      beginStream(response);
      response.end('data: [DONE]\n\n');
    },
  ],
  [
    'another content type',
    ({ response }) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>'),
  ],
  [
    'an error event first',
    ({ response }) => {
      beginStream(response);
      response.end('data: {"error":{"message":"overloaded","type":"overloaded_error"}}\n\n');
    },
  ],
  ['one event of a gibibyte', gibibyte('data: ', { 'content-type': 'text/event-stream' }, 'x')],
  [
    'a gibibyte of comments',
    gibibyte('', { 'content-type': 'text/event-stream' }, ': keep-alive\n\n'),
  ],
];

describe('an upstream that answers with', () => {
  it.each(WHOLE)('%s gives 502', async (_, handler) => {
    gateway.upstream.answer(handler);
    const answer = await gateway.chat();
    expect(answer.status).toBe(502);
    expect(await answer.json()).toMatchObject({
      error: { code: 'upstream_error', type: 'api_error' },
    });
  });

  it.each(STREAMED)('%s in a stream gives 502', async (_, handler) => {
    gateway.upstream.answer(handler);
    const answer = await gateway.chat({ stream: true });
    expect(answer.status).toBe(502);
    expect(await answer.json()).toMatchObject({ error: { code: 'upstream_error' } });
  });

  it('anything leaves the process alive, and its memory small', async () => {
    gateway.upstream.answer(({ response }) => sendCompletion(response));
    expect((await gateway.chat()).status).toBe(200);
    expect(process.memoryUsage().rss).toBeLessThan(900 * 2 ** 20);
  });

  it('names with control characters cannot split a header', async () => {
    const hostile = await testGateway({
      connections: [
        { kind: 'openai-compatible', name: 'test', models: ['wild\u20acmodel', 'test-model'] },
      ],
    });
    hostile.upstream.answer(
      ({ response }) => void response.writeHead(200, json).end(JSON.stringify(completionBody())),
    );
    const answer = await hostile.chat({ model: 'test/wild\u20acmodel' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-rolegate-model')).toBe('wild%E2%82%ACmodel');
    await hostile.close();
  });

  it('a credential in its error does not show it to the client', async () => {
    const leaking = await testGateway({
      connections: [
        {
          kind: 'openai-compatible',
          name: 'test',
          models: ['test-model'],
          credential: 'sk-very-secret-credential',
        },
      ],
    });
    leaking.upstream.answer(({ response, headers }) => {
      response.writeHead(401, json);
      response.end(
        JSON.stringify({
          error: { message: `Incorrect API key provided: ${headers.authorization}` },
        }),
      );
    });
    const answer = await leaking.chat();
    expect(answer.status).toBe(502);
    const text = await answer.text();
    expect(text).toContain('upstream_unauthorized');
    expect(text).not.toContain('very-secret');
    expect(JSON.stringify(leaking.receipts)).not.toContain('very-secret');
    await leaking.close();
  });
});

describe('the deadline', () => {
  it('ends a request that nobody answers with 504', async () => {
    const impatient = await testGateway({ deps: { deadlineMs: 60 } });
    impatient.upstream.answer(() => undefined);
    const answer = await impatient.chat();
    expect(answer.status).toBe(504);
    expect(await answer.json()).toMatchObject({ error: { code: 'upstream_timeout' } });
    await impatient.close();
  });

  it('ends a stream that stalls with an error event', async () => {
    const impatient = await testGateway({ deps: { deadlineMs: 1500 } });
    impatient.upstream.answer(({ response }) => {
      beginStream(response);
      response.write(chunkEvent({ content: 'Once' }));
    });
    const text = await (await impatient.chat({ stream: true })).text();
    expect(text).toContain('Once');
    expect(text).toContain('"code":"upstream_timeout"');
    expect(text).not.toContain('[DONE]');
    await impatient.close();
  });

  it("is the policy's for one attempt where resilience is on, and holds between tokens", async () => {
    gateway.setPolicy({ resiliencePolicy: { enabled: true, requestTimeoutMs: 80 } });
    gateway.upstream.answer(() => undefined);
    expect((await gateway.chat()).status).toBe(504);
    gateway.upstream.answer(({ response }) => {
      beginStream(response);
      response.write(chunkEvent({ content: 'Once' }));
    });
    expect(await (await gateway.chat({ stream: true })).text()).toContain(
      '"code":"upstream_timeout"',
    );
    gateway.setPolicy({});
  });
});
