import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '@/lib/errors/app-error';
import { MAX_BODY_BYTES } from './body';
import { clientOrigin } from './client-origin';
import { resource } from './methods';
import { endpoint, type RouteHandler } from './route';
import { requireSameOrigin } from './same-origin';

const context = { params: Promise.resolve({}) };
const echo = endpoint({
  summary: 'Echoes.',
  access: 'public',
  query: z.object({ limit: z.coerce.number().max(5).optional() }),
  body: z.strictObject({ text: z.string() }),
  run: ({ body, query }) => Promise.resolve({ ...body, ...query }),
});
const send = (body: BodyInit | undefined, headers: Record<string, string> = {}, path = '/') =>
  echo(
    new Request(`http://localhost:3000${path}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
    }),
    context,
  );
const errorOf = async (response: Response) =>
  ((await response.json()) as { error: { code: string; issues: { path: string }[] } }).error;

describe('a body', () => {
  it('beyond the limit is refused after the limit, not at its end', async () => {
    let pulled = 0;
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 64 * 1024;
        controller.enqueue(new Uint8Array(64 * 1024));
      },
      cancel() {
        cancelled = true;
      },
    });
    const response = await send(endless);
    expect([response.status, (await errorOf(response)).code]).toEqual([413, 'request_too_large']);
    expect(pulled).toBeLessThan(MAX_BODY_BYTES + 1024 * 1024);
    expect(cancelled).toBe(true);
  });

  it('that says it is too long is refused unread', async () => {
    let pulled = false;
    const body = new ReadableStream<Uint8Array>(
      {
        pull() {
          pulled = true;
        },
      },
      { highWaterMark: 0 },
    );
    const response = await send(body, { 'content-length': String(MAX_BODY_BYTES + 1) });
    expect([response.status, pulled]).toEqual([413, false]);
  });

  it.each([
    ['', 400, 'invalid_json'],
    ['{"text": "a"', 400, 'invalid_json'],
    [new Uint8Array([0x7b, 0xff, 0x7d]), 400, 'invalid_json'],
    ['null', 422, 'validation_failed'],
    ['{"text": 7}', 422, 'validation_failed'],
    ['{"text": "a\\u0000b"}', 422, 'validation_failed'],
    ['{"text": "\\ud800"}', 422, 'validation_failed'],
    [`{"text": ${'['.repeat(5000)}${']'.repeat(5000)}}`, 422, 'validation_failed'],
  ])('%j is %i %s', async (body, status, code) => {
    const response = await send(body);
    expect([response.status, (await errorOf(response)).code]).toEqual([status, code]);
  });

  it('with a fault names the field, unknown ones too', async () => {
    const error = await errorOf(await send('{"text": "a", "b": 1, "c": 2}'));
    expect(error.issues.map((issue) => issue.path)).toEqual(['b', 'c']);
  });

  it('is never quoted by the message about its faults', async () => {
    const error = await errorOf(await send('{"text": "sk-secret", }'));
    expect(JSON.stringify(error)).not.toContain('secret');
  });

  it.each(['application/json; charset=utf-8', 'application/problem+json', 'APPLICATION/JSON'])(
    'may come as %s',
    async (type) => {
      expect((await send('{"text": "a"}', { 'content-type': type })).status).toBe(200);
    },
  );
});

describe('a query', () => {
  it('is parsed, an empty value being none', async () => {
    expect(await (await send('{"text": "a"}', {}, '/?limit=3')).json()).toEqual({
      text: 'a',
      limit: 3,
    });
    expect((await send('{"text": "a"}', {}, '/?limit=')).status).toBe(200);
  });

  it.each(['limit=9', 'limit=x', 'limit=%00', '%00=1'])('%s is 422', async (query) => {
    expect((await send('{"text": "a"}', {}, `/?${query}`)).status).toBe(422);
  });
});

describe('what a handler throws', () => {
  const failing = (error: unknown): RouteHandler =>
    endpoint({ summary: 'Fails.', access: 'public', run: () => Promise.reject(error) });
  const call = (handler: RouteHandler) => handler(new Request('http://localhost:3000/x'), context);

  it('is rendered with its status, headers and details', async () => {
    const error = new AppError('too_many_attempts', 'Wait.', {
      retryAfterSeconds: 3.2,
      details: { more: 1 },
    });
    const response = await call(failing(error));
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '4']);
    expect(await response.json()).toEqual({
      error: { code: 'too_many_attempts', message: 'Wait.', issues: [], more: 1 },
    });
  });

  it('says nothing of itself when it is a fault of ours', async () => {
    const response = await call(failing(new Error('password=hunter2 at db.internal')));
    expect(response.status).toBe(500);
    expect(response.headers.get('x-request-id')).toBeTruthy();
    expect(await response.text()).not.toMatch(/hunter2|internal\b.*db|stack/);
  });
});

describe('methods', () => {
  const { GET, HEAD, PUT, OPTIONS } = resource({
    GET: endpoint({ summary: 'Reads.', access: 'public', run: () => Promise.resolve({ a: 1 }) }),
  });
  const call = (handler: RouteHandler, method: string) =>
    handler(new Request('http://localhost:3000/x', { method }), context);

  it('are those there are, HEAD and OPTIONS, and 405', async () => {
    expect(await (await call(GET, 'GET')).json()).toEqual({ a: 1 });
    const head = await call(HEAD, 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect((await call(OPTIONS, 'OPTIONS')).headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    const put = await call(PUT, 'PUT');
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
  });
});

describe('a change with a cookie', () => {
  const from =
    (headers: Record<string, string>, method = 'POST') =>
    () =>
      requireSameOrigin(
        new Request('http://localhost:3000/x', {
          method,
          headers: { host: 'localhost:3000', ...headers },
        }),
      );

  it.each([
    [{ 'sec-fetch-site': 'same-origin' }],
    [{ origin: 'http://localhost:3000' }],
    [{ origin: 'http://console.example:8080', host: 'console.example:8080' }],
    [{}],
  ])('is taken with %j', (headers) => {
    expect(from(headers)).not.toThrow();
  });

  it.each([
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ 'sec-fetch-site': 'none' }],
    [{ 'sec-fetch-site': 'cross-site', origin: 'http://localhost:3000' }],
    [{ origin: 'https://evil.example' }],
    [{ origin: 'http://localhost:3001' }],
    [{ origin: 'null' }],
  ])('is refused with %j', (headers) => {
    expect(from(headers)).toThrow(AppError);
  });

  it('is not what reading is', () => {
    expect(from({ 'sec-fetch-site': 'cross-site' }, 'GET')).not.toThrow();
  });
});

describe('the client address', () => {
  const ipOf = (forwarded?: string) =>
    clientOrigin(
      new Request('http://localhost/', {
        headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
      }),
    ).ip;

  it.each([
    [undefined, null],
    ['127.0.0.1', '127.0.0.1'],
    ['203.0.113.7, 127.0.0.1', '203.0.113.7'],
    ['198.51.100.1, 203.0.113.7', '203.0.113.7'],
    ['198.51.100.1, 203.0.113.7, 10.0.0.2', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['[2001:db8:1::1]:443', '2001:db8:1::1'],
    ['unknown, nonsense', null],
  ])('of %s is %s', (forwarded, ip) => {
    expect(ipOf(forwarded)).toBe(ip);
  });
});
