import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProviderKind } from '@/lib/gateway/types';
import { startSandbox, type Sandbox } from '@/lib/sandbox';
import {
  connectionTo,
  startUpstream,
  testRegistry,
  TEST_KEY,
  type FakeUpstream,
} from '../testing/upstream';

let upstream: FakeUpstream;
let sandbox: Sandbox;
let own: ReturnType<typeof testRegistry>;

beforeAll(async () => {
  upstream = await startUpstream();
  sandbox = await startSandbox();
  own = testRegistry(sandbox.url);
});
afterAll(async () => {
  await own.registry.close();
  await own.network.close();
  await Promise.all([upstream.close(), sandbox.close()]);
});

const OPENAI = { object: 'list', data: [{ id: 'm1' }, { id: 'm2' }] };
const AWS = 'AKIAIOSFODNN7EXAMPLE:secret';

describe('a connection test', () => {
  it.each<[ProviderKind, string, object, Record<string, unknown>, string?]>([
    ['openai', '/v1/models', OPENAI, { authorization: `Bearer ${TEST_KEY}` }],
    ['together', '/v1/models', OPENAI.data, { authorization: `Bearer ${TEST_KEY}` }],
    ['mistral', '/v1/models', OPENAI, { authorization: `Bearer ${TEST_KEY}` }],
    ['ollama', '/v1/models', OPENAI, {}, ''],
    ['openai-compatible', '/models', OPENAI, { authorization: `Bearer ${TEST_KEY}` }],
    ['azure-openai', '/openai/models?api-version=2024-10-21', OPENAI, { 'api-key': TEST_KEY }],
    [
      'anthropic',
      '/v1/models?limit=1000',
      OPENAI,
      { 'x-api-key': TEST_KEY, 'anthropic-version': '2023-06-01' },
    ],
    [
      'gemini',
      '/v1beta/models?pageSize=1000',
      {
        models: [
          { name: 'models/m1', supportedGenerationMethods: ['generateContent'] },
          { name: 'models/m2' },
          { name: 'models/embed', supportedGenerationMethods: ['embedContent'] },
        ],
      },
      { 'x-goog-api-key': TEST_KEY },
    ],
    [
      'cohere',
      '/v1/models?endpoint=chat&page_size=1000',
      { models: [{ name: 'm1' }, { name: 'm2' }] },
      { authorization: `Bearer ${TEST_KEY}` },
    ],
    [
      'bedrock',
      '/foundation-models?byOutputModality=TEXT',
      { modelSummaries: [{ modelId: 'm1' }, { modelId: 'm2' }] },
      { authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/) },
      AWS,
    ],
  ])('of %s lists its models at %s', async (kind, path, body, headers, credential = TEST_KEY) => {
    upstream.respond((response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
    );
    const test = await own.registry.testConnection(connectionTo(kind, upstream.url, credential));
    expect(test).toMatchObject({ ok: true, status: 200, models: ['m1', 'm2'] });
    expect(upstream.seen.at(-1)).toMatchObject({ method: 'GET', url: path, headers });
  });

  it('of OpenRouter looks at the key, which the list of models does not', async () => {
    upstream.respond((response, request) => {
      const status = request.url === '/api/v1/key' ? 401 : 200;
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify(OPENAI));
    });
    const test = await own.registry.testConnection(connectionTo('openrouter', upstream.url));
    expect(test).toMatchObject({ ok: false, status: 401 });
  });

  it('of the sandbox reaches the simulator, whatever base URL was saved', async () => {
    const test = await own.registry.testConnection(
      connectionTo('sandbox', 'http://10.0.0.1/v1', ''),
    );
    expect(test).toMatchObject({ ok: true, models: ['small', 'medium', 'large'] });
    const answer = await own.chat(connectionTo('sandbox', 'http://10.0.0.1/v1', ''), 'small', {
      messages: [{ role: 'user', content: 'Hello' }],
    });
    if (answer.stream) throw new Error('expected a whole answer');
    expect(answer.completion.choices[0]?.message.content).toContain('Rolegate sandbox (simulator)');
  });

  it('says what is wrong without the key', async () => {
    upstream.respond((response) =>
      response
        .writeHead(401, { 'content-type': 'application/json' })
        .end(JSON.stringify({ error: { message: `Incorrect API key provided: ${TEST_KEY}` } })),
    );
    const refused = await own.registry.testConnection(connectionTo('openai', upstream.url));
    expect(refused).toMatchObject({ ok: false, status: 401, message: /refuses the credential/ });
    expect(JSON.stringify(refused)).not.toContain(TEST_KEY);
    const elsewhere = await own.registry.testConnection(
      connectionTo('openai', 'https://10.0.0.1/v1'),
    );
    expect(elsewhere).toMatchObject({ ok: false, status: null, message: /private/ });
    const nowhere = await own.registry.testConnection(connectionTo('openai-compatible', null));
    expect(nowhere).toMatchObject({ ok: false, message: /base URL/ });
    upstream.respond((response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
    );
    const page = await own.registry.testConnection(connectionTo('openai', upstream.url));
    expect(page).toMatchObject({ ok: false, message: /not JSON/ });
  });
});
