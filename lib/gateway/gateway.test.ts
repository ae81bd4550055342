import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testGateway, type TestGateway } from './testing/test-gateway';
import { completionBody, sendCompletion } from './testing/test-upstream';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway();
});
afterAll(() => gateway.close());

type ErrorBody = { error: { code: string; type: string; param: string | null; message: string } };
const errorOf = async (response: Response) => ((await response.json()) as ErrorBody).error;

describe('a chat request', () => {
  it('is answered with the bytes of the upstream and the headers of the contract', async () => {
    const body = ` ${JSON.stringify(completionBody({ content: 'byte for byte' }))}\n`;
    gateway.upstream.answer(({ response }) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(body);
    });
    const answer = await gateway.chat();
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(body);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-request-id': expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      'x-rolegate-policy-version': '1',
      'x-rolegate-provider': 'test',
      'x-rolegate-model': 'test-model',
      'x-rolegate-route': 'explicit',
      'x-rolegate-cache': 'off',
      'x-rolegate-attempts': '1',
      'x-rolegate-warnings': 'cost_unknown',
    });
    expect(answer.headers.has('x-rolegate-cost-usd')).toBe(false);
    expect(gateway.upstream.requests.at(-1)?.request.model).toBe('test-model');
  });

  it('tells the cost of a model that has a price, to the digit', async () => {
    const answer = await gateway.chat({ model: 'sandbox/small' });
    const { usage } = (await answer.json()) as {
      usage: { prompt_tokens: number; completion_tokens: number };
    };
    expect(Number(answer.headers.get('x-rolegate-cost-usd'))).toBeGreaterThan(0);
    expect(answer.headers.get('x-rolegate-cost-usd')).not.toMatch(/e/);
    expect(answer.headers.has('x-rolegate-warnings')).toBe(false);
    const receipt = await gateway.receipt(answer.headers.get('x-request-id'));
    expect(receipt.costUsd).toBe(answer.headers.get('x-rolegate-cost-usd'));
    expect(receipt.tokens).toEqual({
      input: usage.prompt_tokens,
      cachedInput: 0,
      output: usage.completion_tokens,
      reasoning: 0,
      estimated: false,
    });
  });

  it('leaves a receipt with every stage in order', async () => {
    gateway.upstream.answer(({ response }) => sendCompletion(response));
    const answer = await gateway.chat();
    const receipt = await gateway.receipt(answer.headers.get('x-request-id'));
    expect(receipt).toMatchObject({
      status: 200,
      code: null,
      stream: false,
      requestedModel: 'test/test-model',
      provider: 'test',
      model: 'test-model',
      policyVersion: 1,
      route: { strategy: 'explicit' },
      attempts: [{ provider: 'test', model: 'test-model', status: 200, code: 'ok', costUsd: null }],
      costUsd: null,
      content: null,
    });
    expect(receipt.stages.map(({ name }) => name)).toEqual([
      'authenticate',
      'policy',
      'request',
      'model',
      'prompt',
      'tools',
      'rate_limit',
      'budget',
      'cache',
      'route',
      'execute',
      'answer',
    ]);
    for (const stage of receipt.stages) {
      expect(stage.ms).toBeGreaterThanOrEqual(0);
      expect(stage.reason).not.toBe('');
    }
  });

  it('passes unknown fields on and leaves the answer alone', async () => {
    gateway.upstream.answer(({ response }) => sendCompletion(response));
    await gateway.chat({ vendor_field: { a: [1] }, seed: 7 });
    expect(gateway.upstream.requests.at(-1)?.request).toMatchObject({
      vendor_field: { a: [1] },
      seed: 7,
    });
  });
});

describe('identity', () => {
  it.each([
    ['no header', {}],
    ['another scheme', { authorization: 'Basic abc' }],
    ['an unknown key', { authorization: `Bearer rg_${'x'.repeat(43)}` }],
    ['garbage', { authorization: 'Bearer \u00ff\u00fe' }],
    ['an endless key', { authorization: `Bearer ${'x'.repeat(8000)}` }],
  ])('refuses %s with one message for all', async (_, headers) => {
    const answer = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers,
      body: '{',
    });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(await errorOf(answer)).toMatchObject({
      code: 'invalid_api_key',
      message: expect.stringContaining('missing, malformed, unknown, revoked or expired'),
    });
  });

  it('refuses a key from the moment it expires', async () => {
    const secret = gateway.principals.add({ connections: [{ kind: 'sandbox' }] });
    gateway.principals.update(secret, {
      key: { id: 'k', name: 'k', expiresAt: new Date(gateway.clock.now() + 1000) },
    });
    const body = { model: 'sandbox/small' };
    expect((await gateway.chat(body, { key: secret })).status).toBe(200);
    gateway.clock.advance(1000);
    expect((await gateway.chat(body, { key: secret })).status).toBe(401);
  });

  it('answers 503 policy_unavailable when the policy cannot be read', async () => {
    const broken = await testGateway();
    broken.principals.breakDown(new Error('the row does not parse'));
    const answer = await broken.chat();
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect((await errorOf(answer)).code).toBe('policy_unavailable');
    await broken.close();
  });
});

describe('models', () => {
  it('are found by provider/model, and by bare name through the connection that lists it', async () => {
    gateway.upstream.answer(({ response }) => sendCompletion(response));
    for (const model of ['test/test-model', 'test-model']) {
      const answer = await gateway.chat({ model });
      expect(answer.headers.get('x-rolegate-provider')).toBe('test');
    }
    expect((await gateway.chat({ model: 'small' })).headers.get('x-rolegate-provider')).toBe(
      'sandbox',
    );
  });

  it.each(['test/other', 'nobody/small', 'gpt-nothing', 'sandbox/gigantic'])(
    'answers 404 model_not_found for %s',
    async (model) => {
      const answer = await gateway.chat({ model });
      expect(answer.status).toBe(404);
      expect(await errorOf(answer)).toMatchObject({ code: 'model_not_found' });
    },
  );

  it.each([undefined, null, 'auto'])(
    'asks for a model when %s is named and there is no default',
    async (model) => {
      const answer = await gateway.chat({ model });
      expect(answer.status).toBe(400);
      expect(await errorOf(answer)).toMatchObject({ code: 'model_required', param: 'model' });
    },
  );

  it('are listed as OpenAI lists them, and one can be asked for', async () => {
    const page = await gateway.client().models.list();
    expect(page.data.map(({ id }) => id)).toEqual([
      'test/test-model',
      'sandbox/small',
      'sandbox/medium',
      'sandbox/large',
    ]);
    expect(page.data[0]).toMatchObject({ object: 'model', owned_by: 'test' });
    expect(await gateway.client().models.retrieve('sandbox/small')).toMatchObject({
      id: 'sandbox/small',
    });
    await expect(gateway.client().models.retrieve('sandbox/none')).rejects.toMatchObject({
      status: 404,
    });
  });
});

describe('the rest of the API', () => {
  it('answers 404 and 405 in the shape of OpenAI', async () => {
    const missing = await fetch(`${gateway.url}/v1/embeddings`, { method: 'POST' });
    expect(missing.status).toBe(404);
    expect(missing.headers.get('x-request-id')).not.toBeNull();
    expect(await errorOf(missing)).toMatchObject({ code: 'not_found' });
    const wrong = await fetch(`${gateway.url}/v1/chat/completions`);
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get('allow')).toBe('POST');
  });

  it('never allows another origin', async () => {
    const answer = await fetch(`${gateway.url}/v1/models`, {
      headers: { authorization: `Bearer ${gateway.key}`, origin: 'https://evil.example' },
    });
    expect(answer.headers.has('access-control-allow-origin')).toBe(false);
  });
});

describe('a stage that breaks', () => {
  it('refuses when it is a guard, and says nothing of what broke', async () => {
    const broken = await testGateway({
      deps: {
        budgets: {
          open: () => {
            throw new Error('secret detail');
          },
        },
      },
    });
    const answer = await broken.chat();
    expect(answer.status).toBe(503);
    const error = await errorOf(answer);
    expect(error.code).toBe('policy_unavailable');
    expect(error.message).not.toContain('secret');
    expect(broken.upstream.requests).toHaveLength(0);
    expect(broken.receipts[0]?.stages.at(-1)).toMatchObject({ name: 'budget', verdict: 'deny' });
    await broken.close();
  });

  it('costs a hit, not the request, when it is the cache', async () => {
    const broken = await testGateway({
      deps: { cache: { look: () => Promise.reject(new Error('no memory')) } },
    });
    const answer = await broken.chat();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-rolegate-cache')).toBe('bypass');
    await broken.close();
  });
});
