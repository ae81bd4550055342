import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handleGatewayRequest } from './handler';
import { testGateway, type TestGateway } from './testing/test-gateway';
import { beginStream, chunkEvent, sendCompletion, sendStream } from './testing/test-upstream';
import { gatewayRequestOf, responseOf } from './web-adapter';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway();
});
afterAll(() => gateway.close());

/** What a route handler does with a request. */
async function answer(body: object, init: RequestInit = {}): Promise<Response> {
  const request = new Request('http://console/api/v1/chat/completions', {
    method: 'POST',
    headers: { authorization: `Bearer ${gateway.key}` },
    body: JSON.stringify({
      model: 'test/test-model',
      messages: [{ role: 'user', content: 'Hi' }],
      ...body,
    }),
    ...init,
  });
  return responseOf(
    await handleGatewayRequest(gatewayRequestOf(request, '/v1/chat/completions'), gateway.deps),
  );
}

describe('the gateway behind a route handler', () => {
  it('answers as on its own plane', async () => {
    gateway.upstream.answer(({ response }) => sendCompletion(response));
    const response = await answer({});
    expect(response.status).toBe(200);
    expect(response.headers.get('x-rolegate-model')).toBe('test-model');
    expect(await response.json()).toMatchObject({ object: 'chat.completion' });
    expect((await answer({ messages: [] })).status).toBe(400);
  });

  it('streams piece by piece', async () => {
    let finish = () => undefined as void;
    gateway.upstream.answer(({ response }) => {
      beginStream(response);
      response.write(chunkEvent({ content: 'first' }));
      finish = () => {
        response.write(chunkEvent({ content: 'second' }, { finish_reason: 'stop' }));
        response.end('data: [DONE]\n\n');
      };
    });
    const reader = (await answer({ stream: true })).body!.getReader();
    const first = Buffer.from((await reader.read()).value!).toString();
    expect(first).toContain('first');
    expect(first).not.toContain('second');
    finish();
    let rest = '';
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      rest += Buffer.from(piece.value).toString();
    }
    expect(rest).toContain('second');
    expect(rest).toContain('[DONE]');
  });

  it('says 499 when the reader cancels, also before it has read anything', async () => {
    gateway.upstream.answer(({ response }) => {
      beginStream(response);
      response.write(chunkEvent({ content: 'x' }));
    });
    const response = await answer({ stream: true });
    await response.body!.cancel();
    const receipt = await gateway.receipt(response.headers.get('x-request-id'));
    expect(receipt).toMatchObject({ status: 499, code: 'client_closed_request' });
    await expect.poll(() => gateway.upstream.active).toBe(0);
  });

  it('calls the upstream off when the request is aborted', async () => {
    const asked = new Promise<void>((resolve) => gateway.upstream.answer(() => resolve()));
    const controller = new AbortController();
    const answered = answer({}, { signal: controller.signal });
    await asked;
    controller.abort();
    expect((await answered).status).toBe(499);
    await expect.poll(() => gateway.upstream.active).toBe(0);
  });

  it('keeps to what has ended when the connection goes afterwards', async () => {
    gateway.upstream.answer(({ response }) => sendStream(response, ['done']));
    const controller = new AbortController();
    const response = await answer({ stream: true }, { signal: controller.signal });
    await response.text();
    controller.abort();
    const receipt = await gateway.receipt(response.headers.get('x-request-id'));
    expect(receipt.status).toBe(200);
  });
});
