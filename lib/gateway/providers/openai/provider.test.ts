import net, { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UpstreamError, type ChatRequest, type UpstreamErrorKind } from '@/lib/gateway/types';
import {
  abortLatency,
  connectionTo,
  readAll,
  startUpstream,
  testRegistry,
  TEST_KEY,
  type FakeUpstream,
} from '../testing/upstream';

let upstream: FakeUpstream;
const { chat, network } = testRegistry();

beforeAll(async () => {
  upstream = await startUpstream();
});
afterAll(async () => {
  await network.close();
  await upstream.close();
});

const ask: ChatRequest = { messages: [{ role: 'user', content: 'Hi' }] };
const asStream: ChatRequest = { ...ask, stream: true };
const JSON_HEADERS = { 'content-type': 'application/json' };
const SSE_HEADERS = { 'content-type': 'text/event-stream' };

const send = (request: ChatRequest = ask, signal?: AbortSignal) =>
  chat(connectionTo('openai-compatible', upstream.url), 'm', request, signal);

const failure = async (request?: ChatRequest): Promise<UpstreamError> => {
  const error = await send(request)
    .then(async (answer) => (answer.stream ? readAll(answer) : answer))
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UpstreamError);
  return error as UpstreamError;
};

const chunk = (delta: object, finish_reason: string | null = null): string =>
  JSON.stringify({
    id: 'c',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'm',
    choices: [{ index: 0, delta, finish_reason }],
  });

const streamOf = (text: string | Buffer) =>
  upstream.respond((response) => response.writeHead(200, SSE_HEADERS).end(text));
const wholeOf = (text: string, headers: Record<string, string> = JSON_HEADERS) =>
  upstream.respond((response) => response.writeHead(200, headers).end(text));

describe('a request', () => {
  it('goes out unchanged but for the model and the usage of its stream', async () => {
    streamOf(`data: ${chunk({ content: 'a' }, 'stop')}\n\ndata: [DONE]\n\n`);
    const request = { ...asStream, made_up: { x: [1] }, stream_options: { extra: true } };
    await readAll(await send(request));
    const seen = upstream.seen.at(-1);
    expect(JSON.parse(seen?.body ?? '')).toEqual({
      ...request,
      model: 'm',
      stream_options: { extra: true, include_usage: true },
    });
    expect(seen?.url).toBe('/chat/completions');
    expect(seen?.headers.authorization).toBe(`Bearer ${TEST_KEY}`);
  });

  it('goes to the deployment with an api-key at Azure, and to its v1 API when that is the base', async () => {
    wholeOf('{"choices":[{"index":0,"message":{"role":"assistant","content":"x"}}]}');
    await chat(connectionTo('azure-openai', upstream.url), 'my gpt', ask);
    expect(upstream.seen.at(-1)?.url).toBe(
      '/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21',
    );
    expect(upstream.seen.at(-1)?.headers['api-key']).toBe(TEST_KEY);
    await chat(connectionTo('azure-openai', `${upstream.url}/openai/v1/`), 'gpt', ask);
    expect(upstream.seen.at(-1)?.url).toBe('/openai/v1/chat/completions');
    await chat(connectionTo('azure-openai', `${upstream.url}/?api-version=2025-01-01`), 'gpt', ask);
    expect(upstream.seen.at(-1)?.url).toContain('api-version=2025-01-01');
  });

  it('finds the API under a bare origin of a kind that has a standard path', async () => {
    wholeOf('{"choices":[{"index":0,"message":{"role":"assistant","content":"x"}}]}');
    const paths: string[] = [];
    for (const kind of ['ollama', 'groq', 'openrouter', 'openai'] as const) {
      await chat(connectionTo(kind, upstream.url), 'm', ask);
      paths.push(upstream.seen.at(-1)?.url ?? '');
    }
    expect(paths).toEqual([
      '/v1/chat/completions',
      '/openai/v1/chat/completions',
      '/api/v1/chat/completions',
      '/v1/chat/completions',
    ]);
  });
});

describe('an error status', () => {
  const failWith = (status: number, body: string, headers: Record<string, string> = {}) =>
    upstream.respond((response) =>
      response.writeHead(status, { ...JSON_HEADERS, ...headers }).end(body),
    );

  it('keeps the provider code, the parameter and the wait it asks for', async () => {
    failWith(
      429,
      '{"error":{"message":"Slow down","type":"requests","code":"rate_limit_exceeded","param":"model"}}',
      {
        'retry-after': '7',
      },
    );
    expect(await failure()).toMatchObject({
      kind: 'status',
      status: 429,
      providerCode: 'rate_limit_exceeded',
      param: 'model',
      retryAfterMs: 7000,
      message: 'Slow down',
    });
    failWith(429, '{}', { 'retry-after-ms': '120', 'retry-after': '7' });
    expect((await failure()).retryAfterMs).toBe(120);
    failWith(503, '<html>busy</html>', {
      'retry-after': new Date(Date.now() + 60_000).toUTCString(),
    });
    const busy = await failure();
    expect(busy.retryAfterMs).toBeGreaterThan(57_000);
    expect(busy.message).toBe('the provider answered with status 503');
  });

  it.each([
    [
      'Mistral',
      '{"object":"error","message":"Invalid","type":"invalid_request_error","code":"1500"}',
      'invalid_request_error',
    ],
    ['FastAPI', '{"detail":[{"msg":"field required"}]}', null],
    [
      'Google in an array',
      '[{"error":{"code":429,"message":"quota","status":"RESOURCE_EXHAUSTED","details":[{"retryDelay":"17s"}]}}]',
      'RESOURCE_EXHAUSTED',
    ],
    ['a bare string', '{"error":"model not loaded"}', null],
    ['OpenRouter', '{"error":{"message":"No credits","code":402}}', '402'],
  ])('reads the dialect of %s', async (_name, body, code) => {
    failWith(400, body);
    const error = await failure();
    expect(error.providerCode).toBe(code);
    expect(error.message).not.toContain('status 400');
    if (code === 'RESOURCE_EXHAUSTED') expect(error.retryAfterMs).toBe(17_000);
  });

  it('never shows a key, whole, masked or in a header, nor an organisation', async () => {
    failWith(
      401,
      JSON.stringify({
        error: {
          message: `Incorrect API key provided: ${TEST_KEY}. Also sk-proj-abc***xyz and Bearer abcdef for org-1234567890abcdef at https://x/?key=secret123`,
          code: TEST_KEY,
        },
      }),
    );
    const error = await failure();
    const shown = `${error.message} ${error.providerCode} ${JSON.stringify(error)} ${error.stack}`;
    for (const secret of [TEST_KEY, 'abc***xyz', 'abcdef', 'org-1234567890abcdef', 'secret123']) {
      expect(shown).not.toContain(secret);
    }
    expect(error.status).toBe(401);
  });

  it('does not read an endless error page', async () => {
    let written = 0;
    upstream.respond((response) => {
      response.writeHead(500, JSON_HEADERS);
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536))) written += 65_536;
      };
      response.on('drain', more);
      more();
    });
    expect((await failure()).status).toBe(500);
    expect(written).toBeLessThan(32 * 1024 * 1024);
  });

  it('is none of a redirect: that is refused, and not followed', async () => {
    upstream.respond((response) => response.writeHead(302, { location: '/elsewhere' }).end());
    upstream.seen.length = 0;
    expect(await failure()).toMatchObject({ kind: 'invalid', status: 302 });
    expect(upstream.seen.length).toBe(1);
  });
});

describe('a whole answer', () => {
  it.each<[string, string, Record<string, string>]>([
    ['HTML', '<html>ok</html>', { 'content-type': 'text/html' }],
    ['half a JSON', '{"id":"x","choices":[{"index":0,', JSON_HEADERS],
    ['garbage', '\u0000\u0001garbage', JSON_HEADERS],
    ['a JSON that is no object', '[1,2]', JSON_HEADERS],
    ['no choices', '{"id":"x","choices":[]}', JSON_HEADERS],
    ['a choice without message', '{"choices":[{"index":0}]}', JSON_HEADERS],
    ['an empty body', '', JSON_HEADERS],
  ])('is invalid when it is %s', async (_name, body, headers) => {
    wholeOf(body, headers);
    expect((await failure()).kind).toBe('invalid');
  });

  it('is invalid when it is an error with status 200, and tells its code', async () => {
    wholeOf('{"error":{"message":"overloaded","code":"server_overloaded"}}');
    expect(await failure()).toMatchObject({
      kind: 'invalid',
      providerCode: 'server_overloaded',
      message: 'overloaded',
    });
  });

  const inChoice = (error: object): string =>
    JSON.stringify({
      id: 'x',
      choices: [{ index: 0, finish_reason: 'error', message: { role: 'assistant' }, error }],
    });

  it.each<[string, string, object]>([
    [
      'a status as its code',
      inChoice({ code: 502, message: 'the provider behind it failed' }),
      { kind: 'status', status: 502, message: 'the provider behind it failed' },
    ],
    [
      'a rate limit',
      inChoice({ code: 429, message: 'slow down', metadata: { provider_name: 'x' } }),
      { kind: 'status', status: 429 },
    ],
    [
      'a content filter',
      inChoice({ code: 'content_filter', message: 'filtered' }),
      { kind: 'status', status: 400, providerCode: 'content_filter' },
    ],
    [
      'a code that names no status',
      inChoice({ code: 'model_crashed', message: 'oops' }),
      { kind: 'invalid', providerCode: 'model_crashed' },
    ],
    [
      'a second choice that failed beside one that did not',
      JSON.stringify({
        choices: [
          { index: 0, message: { role: 'assistant', content: 'a' } },
          { index: 1, message: { role: 'assistant' }, error: { code: 503, message: 'gone' } },
        ],
      }),
      { kind: 'status', status: 503 },
    ],
  ])('is a failure when a choice carries an error: %s', async (_name, body, expected) => {
    wholeOf(body);
    expect(await failure()).toMatchObject(expected);
  });

  it('that a content filter cut short is an answer, and says so', async () => {
    wholeOf(
      '{"choices":[{"index":0,"finish_reason":"content_filter","error":null,"message":{"role":"assistant","content":""}}]}',
    );
    const answer = await send();
    expect(answer.stream ? null : answer.completion.choices[0]?.finish_reason).toBe(
      'content_filter',
    );
  });

  it('is refused beyond 64 MiB without taking in the rest', async () => {
    upstream.respond((response) => {
      response.writeHead(200, JSON_HEADERS);
      const block = Buffer.alloc(1024 * 1024, 'x');
      let blocks = 0;
      const more = (): void => {
        while (!response.destroyed && blocks < 1024) {
          blocks += 1;
          if (!response.write(block)) return;
        }
        if (!response.destroyed) response.end();
      };
      response.on('drain', more);
      more();
    });
    const before = process.memoryUsage().arrayBuffers;
    expect(await failure()).toMatchObject({ kind: 'invalid', message: /longer than 67108864/ });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(256 * 1024 * 1024);
  });

  it('is a lost connection when it stops before its end', async () => {
    upstream.respond((response) => {
      response.writeHead(200, { ...JSON_HEADERS, 'content-length': '1000' });
      response.write('{"choices":', () => response.destroy());
    });
    expect((await failure()).kind).toBe('reset');
  });

  it.each<[string, Record<string, unknown>, Record<string, number>]>([
    [
      'DeepSeek',
      { prompt_tokens: 10, completion_tokens: 5, prompt_cache_hit_tokens: 4 },
      { inputTokens: 10, cachedInputTokens: 4, outputTokens: 5 },
    ],
    [
      'reasoning counted beside the answer',
      {
        prompt_tokens: 10,
        completion_tokens: 5,
        total_tokens: 115,
        completion_tokens_details: { reasoning_tokens: 100 },
      },
      { outputTokens: 105, reasoningTokens: 100 },
    ],
    [
      'reasoning counted within the answer',
      {
        prompt_tokens: 10,
        completion_tokens: 105,
        total_tokens: 115,
        completion_tokens_details: { reasoning_tokens: 100 },
      },
      { outputTokens: 105, reasoningTokens: 100 },
    ],
    [
      'audio',
      { prompt_tokens: 10, completion_tokens: 5, prompt_tokens_details: { audio_tokens: 7 } },
      { inputAudioTokens: 7 },
    ],
  ])('has its usage read: %s', async (_name, usage, expected) => {
    wholeOf(
      JSON.stringify({
        choices: [{ index: 0, message: { role: 'assistant', content: '' } }],
        usage,
      }),
    );
    const answer = await send();
    expect(answer.stream ? null : answer.usage).toMatchObject(expected);
  });
});

describe('a stream', () => {
  it('is read whatever its lines look like and wherever it is cut', async () => {
    const lines = [
      '\uFEFF: comment',
      '',
      'event: message',
      `data:${chunk({ content: 'Grüße ' })}`,
      '',
      ': keep-alive',
      'id: 7',
      'retry: 100',
      // one event over two data lines
      `data: ${chunk({ content: '世界🎉' }).replace('"choices"', '\ndata: "choices"').replace('\n', '\r\n')}`,
      '',
      `data: ${chunk({}, 'stop')}`,
      '',
      'data: [DONE]',
      '',
      '',
    ].join('\r\n');
    const bytes = Buffer.from(lines);
    upstream.respond((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
      for (const byte of bytes) response.write(Buffer.of(byte));
      response.end();
    });
    const events = await readAll(await send(asStream));
    const text = events.map(({ chunk: { choices } }) => choices[0]?.delta.content ?? '').join('');
    expect(text).toBe('Grüße 世界🎉');
  });

  it('counts as complete without [DONE] once every choice has finished', async () => {
    streamOf(`data: ${chunk({ content: 'a' })}\n\ndata: ${chunk({}, 'stop')}\n\n`);
    expect((await readAll(await send(asStream))).length).toBe(2);
  });

  it.each<[string, string, UpstreamErrorKind]>([
    ['ends before the finish reason', `data: ${chunk({ content: 'a' })}\n\n`, 'reset'],
    ['ends before it began', '', 'reset'],
    ['is cut off inside an event', `data: ${chunk({ content: 'a' })}\n\ndata: {"id"`, 'reset'],
    ['carries garbage', `data: ${chunk({ content: 'a' })}\n\ndata: nonsense\n\n`, 'invalid'],
    [
      'carries an error',
      `data: ${chunk({ content: 'a' })}\n\ndata: {"error":{"message":"boom"}}\n\n`,
      'invalid',
    ],
    ['carries an error event', `event: error\ndata: {"message":"boom"}\n\n`, 'invalid'],
  ])('fails when it %s', async (_name, text, kind) => {
    streamOf(text);
    expect((await failure(asStream)).kind).toBe(kind);
  });

  it('fails when a choice of it carries an error, before the first token and after it', async () => {
    const failed = JSON.stringify({
      id: 'c',
      choices: [{ index: 0, delta: {}, error: { code: 429, message: 'slow down' } }],
    });
    for (const before of ['', `data: ${chunk({ content: 'a' })}\n\n`]) {
      streamOf(`${before}data: ${failed}\n\ndata: [DONE]\n\n`);
      expect(await failure(asStream)).toMatchObject({ kind: 'status', status: 429 });
    }
  });

  it('fails when the connection is cut', async () => {
    upstream.respond((response) => {
      response.writeHead(200, SSE_HEADERS);
      response.write(`data: ${chunk({ content: 'a' })}\n\n`, () => response.destroy());
    });
    expect((await failure(asStream)).kind).toBe('reset');
  });

  it('fails when it is no stream, with the error it carries', async () => {
    wholeOf('{"error":{"message":"no capacity","code":"overloaded"}}');
    expect(await failure(asStream)).toMatchObject({ kind: 'invalid', providerCode: 'overloaded' });
  });

  it('is refused when an event does not end for 8 MiB', async () => {
    upstream.respond((response) => {
      response.writeHead(200, SSE_HEADERS);
      response.write('data: "');
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(1024 * 1024)));
      };
      response.on('drain', more);
      more();
    });
    expect(await failure(asStream)).toMatchObject({
      kind: 'invalid',
      message: /longer than 8388608/,
    });
  });

  it('leaves its connection fit for the next request', async () => {
    const ports = new Set<number | undefined>();
    upstream.respond((response, _request, socket) => {
      ports.add(socket.remotePort);
      response.writeHead(200, SSE_HEADERS).end(`data: ${chunk({}, 'stop')}\n\ndata: [DONE]\n\n`);
    });
    const own = testRegistry();
    const connection = connectionTo('openai-compatible', upstream.url);
    for (let round = 0; round < 5; round += 1) {
      await readAll(await own.chat(connection, 'm', asStream));
    }
    await own.network.close();
    // One is read to its end in the background while the next request goes out.
    expect(ports.size).toBeLessThanOrEqual(2);
  });
});

describe('a connection', () => {
  it('that is refused, or to a name that does not exist, says that nothing was sent', async () => {
    const closed = await startUpstream();
    await closed.close();
    const refused = await chat(connectionTo('openai-compatible', closed.url), 'm', ask).catch(
      (error: unknown) => error,
    );
    expect(refused).toMatchObject({ kind: 'connect', message: /ECONNREFUSED/ });
    const none = await chat(connectionTo('openai-compatible', null), 'm', ask).catch(
      (error: unknown) => error,
    );
    expect(none).toMatchObject({ kind: 'connect', message: /base URL/ });
  });

  it('to a private address is refused', async () => {
    const guarded = testRegistry();
    const error = await guarded
      .chat(connectionTo('openai-compatible', 'http://10.0.0.1/v1'), 'm', ask)
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: 'connect', message: /private/ });
    await guarded.network.close();
  });

  it('to something that does not speak HTTP is invalid', async () => {
    const server = net.createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const error = await chat(
      connectionTo('openai-compatible', `http://127.0.0.1:${port}`),
      'm',
      ask,
    ).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: 'invalid' });
    server.close();
  });

  it.each([
    ['before the answer', ask],
    ['inside the stream', asStream],
  ])('is closed within 100 ms of an abort %s', async (_name, request) => {
    const begun = request.stream ? `data: ${chunk({ content: 'a' })}\n\n` : null;
    const target = { kind: 'openai-compatible', model: 'm', request } as const;
    const { ms, outcome } = await abortLatency(chat, target, begun);
    expect(ms).toBeLessThan(100);
    expect(outcome).toMatchObject({ kind: 'aborted' });
  });

  it('is closed when the reader of a stream stops reading', async () => {
    const own = await startUpstream();
    own.respond((response) => {
      response.writeHead(200, SSE_HEADERS);
      response.write(`data: ${chunk({ content: 'a' })}\n\n`);
    });
    const answer = await chat(connectionTo('openai-compatible', own.url), 'm', asStream);
    if (!answer.stream) throw new Error('expected a stream');
    for await (const [event] of answer.events) {
      expect(event?.raw).toContain('"a"');
      break;
    }
    await own.closed;
    await own.close();
  });

  it('that timed out says so', async () => {
    upstream.respond(() => undefined);
    const error = await send(ask, AbortSignal.timeout(20)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: 'timeout' });
  });
});
