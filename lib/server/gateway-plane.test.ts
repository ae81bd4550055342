import { connect, type Socket } from 'node:net';
import { request } from 'node:http';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { handleGatewayRequest } from '@/lib/gateway/handler';
import { testGateway, type TestGateway } from '@/lib/gateway/testing/test-gateway';
import { beginStream, chunkEvent, sendCompletion } from '@/lib/gateway/testing/test-upstream';
import { startGatewayPlane, type GatewayPlane, type GatewayPlaneOptions } from './gateway-plane';
import { createGatewayMetrics } from './metrics';

let gateway: TestGateway;
const metrics = createGatewayMetrics();
let unready: string | null = null;
const planes: GatewayPlane[] = [];
const sockets: Socket[] = [];

beforeAll(async () => {
  gateway = await testGateway({ deps: { observer: metrics.observer } });
});
afterEach(async () => {
  unready = null;
  sockets.splice(0).forEach((socket) => socket.destroy());
  await Promise.all(planes.splice(0).map((plane) => plane.stop(0)));
});
afterAll(() => gateway.close());

async function plane(options: Partial<GatewayPlaneOptions> = {}): Promise<GatewayPlane> {
  const started = await startGatewayPlane({
    port: 0,
    host: '127.0.0.1',
    runtime: {
      handle: (incoming) => handleGatewayRequest(incoming, gateway.deps),
      metrics: async () => ({ contentType: metrics.contentType, text: await metrics.render() }),
      unreadiness: () => Promise.resolve(unready),
    },
    ...options,
  });
  planes.push(started);
  return started;
}

const chat = (url: string, body: object = {}) =>
  fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${gateway.key}` },
    body: JSON.stringify({
      model: 'test/test-model',
      messages: [{ role: 'user', content: 'Hi' }],
      ...body,
    }),
  });

function dial(port: number): Socket {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  return socket;
}

/** All that comes back until the connection is closed. */
async function untilClosed(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (data) => (text += data.toString()));
  await once(socket, 'close');
  return text;
}

describe('the gateway plane', () => {
  it('answers chat, health, readiness and metrics', async () => {
    const { url } = await plane();
    gateway.upstream.answer(({ response }) => sendCompletion(response));
    expect((await chat(url)).status).toBe(200);
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready' });
    const text = await (await fetch(`${url}/metrics`)).text();
    expect(text).toMatch(
      /rolegate_requests_total\{status="200",code="ok",stream="false",provider_kind="openai-compatible",cache="off"\} [1-9]/,
    );
    expect(text).toContain('rolegate_requests_in_flight 0');
    expect(text).not.toContain('test-model');
  });

  it('says why it is not ready', async () => {
    const { url } = await plane();
    unready = 'database unavailable';
    const answer = await fetch(`${url}/readyz`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({ status: 'database unavailable' });
  });

  it('sends the headers of a stream that has nothing to say yet', async () => {
    let say: (piece: string) => void = () => undefined;
    const said = new Promise<string>((resolve) => (say = resolve));
    async function* body() {
      yield await said;
    }
    const { url } = await plane({
      runtime: {
        handle: () => Promise.resolve({ status: 200, headers: { 'x-own': '1' }, body: body() }),
        metrics: () => Promise.reject(new Error('not asked for')),
        unreadiness: () => Promise.resolve(null),
      },
    });
    const answer = await chat(url, { stream: true });
    expect(answer.headers.get('x-own')).toBe('1');
    say('at last');
    expect(await answer.text()).toBe('at last');
  });

  it('refuses unknown paths in the shape of OpenAI', async () => {
    const { url } = await plane();
    const answer = await fetch(`${url}/admin`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ error: { code: 'not_found' } });
  });

  it('fails to start on a port that is taken', async () => {
    const { port } = await plane();
    await expect(plane({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('closes a connection whose headers drip in', async () => {
    const { port } = await plane({ headersTimeoutMs: 150, requestTimeoutMs: 300 });
    const socket = dial(port);
    socket.write('POST /v1/chat/completions HTTP/1.1\r\nhost: gateway\r\nx-slow: ');
    const drip = setInterval(() => socket.write('a'), 20);
    socket.on('error', () => clearInterval(drip));
    const text = await untilClosed(socket);
    clearInterval(drip);
    expect(text).toContain('408');
  });

  it('closes a connection whose body drips in, and ends the request', async () => {
    const { port } = await plane({ headersTimeoutMs: 150, requestTimeoutMs: 300 });
    const socket = dial(port);
    const before = gateway.receipts.length;
    socket.write(
      `POST /v1/chat/completions HTTP/1.1\r\nhost: gateway\r\nauthorization: Bearer ${gateway.key}\r\ncontent-length: 1000\r\n\r\n{`,
    );
    const drip = setInterval(() => socket.write(' '), 20);
    socket.on('error', () => clearInterval(drip));
    await untilClosed(socket);
    clearInterval(drip);
    await expect.poll(() => gateway.receipts.length).toBe(before + 1);
    expect(gateway.receipts.at(-1)).toMatchObject({ status: 499, code: 'client_closed_request' });
  });

  it('answers what is not HTTP with an error and closes', async () => {
    const { port } = await plane();
    const socket = dial(port);
    socket.write('\u0016\u0003\u0001 not http at all\r\n\r\n');
    expect(await untilClosed(socket)).toContain('400 Bad Request');
  });

  it('asks for a body only when it wants it', async () => {
    const { port } = await plane();
    const upload = (headers: Record<string, string | number>) =>
      new Promise<{ continued: boolean; status: number }>((resolve, reject) => {
        let continued = false;
        const sent = request({
          port,
          method: 'POST',
          path: '/v1/chat/completions',
          headers: { expect: '100-continue', ...headers },
        });
        sent.on('continue', () => {
          continued = true;
          sent.end('{}');
        });
        sent.on('response', (response) => {
          resolve({ continued, status: response.statusCode ?? 0 });
          sent.destroy();
        });
        sent.on('error', reject);
        sent.flushHeaders();
      });
    const authorization = `Bearer ${gateway.key}`;
    expect(await upload({ 'content-length': 2, authorization })).toEqual({
      continued: true,
      status: 400,
    });
    expect(await upload({ 'content-length': 2 ** 30, authorization })).toEqual({
      continued: false,
      status: 413,
    });
    expect(await upload({ 'content-length': 2 })).toEqual({ continued: false, status: 401 });
  });

  it('keeps a connection for the next request', async () => {
    const { port } = await plane();
    const socket = dial(port);
    let text = '';
    socket.on('data', (data) => (text += data.toString()));
    const answers = () => text.split('HTTP/1.1 200').length - 1;
    for (const expected of [1, 2]) {
      socket.write('GET /healthz HTTP/1.1\r\nhost: gateway\r\n\r\n');
      await expect.poll(answers).toBe(expected);
    }
  });

  it('drains: accepts nothing new and lets a stream finish', async () => {
    const started = await plane();
    let finish = () => undefined as void;
    gateway.upstream.answer(({ response }) => {
      beginStream(response);
      response.write(chunkEvent({ content: 'Once' }));
      finish = () => {
        response.write(chunkEvent({}, { finish_reason: 'stop' }));
        response.end('data: [DONE]\n\n');
      };
    });
    const answer = await chat(started.url, { stream: true });
    const stopped = started.stop(5000);
    await expect(chat(started.url)).rejects.toThrow();
    finish();
    expect(await answer.text()).toContain('[DONE]');
    await stopped;
  });

  it('cuts off what has not finished when the grace is over', async () => {
    const started = await plane();
    gateway.upstream.answer(() => undefined);
    const answer = chat(started.url);
    answer.catch(() => undefined);
    await expect.poll(() => metrics.inFlight()).toBe(1);
    await started.stop(50);
    await expect(answer).rejects.toThrow();
    await expect.poll(() => metrics.inFlight()).toBe(0);
  });
});
