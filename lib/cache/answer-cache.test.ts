import type OpenAI from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  beginStream,
  chunkEvent,
  completionBody,
  sendCompletion,
  sendStream,
} from '@/lib/gateway/testing/test-upstream';
import { TEST_TENANT_ID } from '@/lib/gateway/testing/memory-principals';
import { cachedGateway, caching, type CachedGateway } from './testing/cached-gateway';

const user = (content: unknown) => ({ role: 'user', content });
const asked = (text: string, more: object = {}) => ({ messages: [user(text)], ...more });

describe('the answer cache', () => {
  let gateway: CachedGateway;

  beforeAll(async () => {
    gateway = await cachedGateway();
  });
  beforeEach(async () => {
    gateway.setPolicy(caching({ similarityThreshold: 0.9 }));
    await gateway.cache.clear(TEST_TENANT_ID, null);
    gateway.upstream.answer(({ request, response }) => {
      if (request.stream) sendStream(response, ['Hel', 'lo.'], { model: request.model });
      else sendCompletion(response, { model: request.model });
    });
    gateway.calls();
  });
  afterAll(() => gateway.close());

  const status = async (body: string | object, headers?: Record<string, string>) =>
    (await gateway.ask(body, headers ? { headers } : undefined)).status;

  describe('an exact hit', () => {
    it('has an id and a time of its own, the age and likeness of the entry, and costs nothing', async () => {
      const first = await gateway.ask('hello');
      gateway.clock.advance(5400);
      const second = await gateway.ask('hello');
      const [made, again] = [first, second].map(
        ({ body }) => JSON.parse(body) as OpenAI.ChatCompletion,
      );
      expect(second.status).toBe('hit-exact');
      expect(second.headers.get('age')).toBe('5');
      expect(second.headers.get('x-rolegate-cache-similarity')).toBe('1.0000');
      expect(second.headers.get('x-rolegate-attempts')).toBe('0');
      expect(second.headers.get('x-rolegate-cost-usd')).toBe('0');
      expect(second.headers.get('x-rolegate-model')).toBe('test-model');
      expect(again).toMatchObject({
        id: `chatcmpl-${second.headers.get('x-request-id')}`,
        created: Math.floor(gateway.clock.now() / 1000),
        choices: made?.choices,
        usage: made?.usage,
      });
      expect(gateway.calls()).toBe(1);
    });

    it('takes one text part for a plain string, and fields in any order', async () => {
      await status({ messages: [user('hi')], temperature: 0.5, stop: ['x'] });
      const other = {
        stop: ['x'],
        temperature: 0.5,
        messages: [user([{ type: 'text', text: 'hi' }])],
      };
      expect(await status(other)).toBe('hit-exact');
    });

    it('ignores what says nothing of the answer', async () => {
      await status(asked('hi', { metadata: { a: 'b' }, user: 'ann' }));
      expect(await status(asked('hi', { service_tier: 'auto', user: 'bob' }))).toBe('hit-exact');
    });
  });

  describe('streams and whole answers', () => {
    it('a whole answer is replayed as a stream, with usage when it is asked for', async () => {
      await status('hi');
      const stream = await gateway.client().chat.completions.create({
        model: 'test/test-model',
        messages: [{ role: 'user', content: 'hi' }],
        stream: true,
        stream_options: { include_usage: true },
      });
      let text = '';
      let usage: unknown;
      const reasons: unknown[] = [];
      for await (const chunk of stream) {
        text += chunk.choices[0]?.delta.content ?? '';
        if (chunk.choices[0]?.finish_reason) reasons.push(chunk.choices[0].finish_reason);
        usage = chunk.usage ?? usage;
      }
      expect({ text, reasons, usage }).toMatchObject({
        text: 'Hello.',
        reasons: ['stop'],
        usage: { total_tokens: 15 },
      });
      expect(gateway.calls()).toBe(1);
    });

    it('a stream is kept whole and answers a request that wants none', async () => {
      const streamed = await gateway.ask(asked('hi', { stream: true }));
      expect(streamed.body).toContain('[DONE]');
      const whole = await gateway.ask('hi');
      expect(whole.status).toBe('hit-exact');
      expect(JSON.parse(whole.body)).toMatchObject({
        object: 'chat.completion',
        choices: [{ message: { role: 'assistant', content: 'Hello.' }, finish_reason: 'stop' }],
      });
    });
  });

  describe('what is never kept', () => {
    const keeps = async (body: object) => {
      gateway.upstream.answer(({ response }) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      });
      await status('x');
      return (await status('x')) === 'hit-exact';
    };
    const choice = (fields: object, message: object = {}) => {
      const body = completionBody() as OpenAI.ChatCompletion;
      const [only] = body.choices;
      return {
        ...body,
        choices: [{ ...only, ...fields, message: { ...only?.message, ...message } }],
      };
    };

    it.each([
      ['a truncated answer', choice({ finish_reason: 'length' })],
      ['a filtered answer', choice({ finish_reason: 'content_filter' })],
      ['a refusal', choice({}, { refusal: 'I cannot help with that.' })],
      ['an empty answer', choice({}, { content: '' })],
      ['an answer whose usage is not known', completionBody({ usage: false })],
      ['a call of a tool', completionBody({ content: null, toolCalls: [{ name: 'f' }] })],
    ])('%s', async (_what, body) => {
      expect(await keeps(body)).toBe(false);
    });

    it('an ordinary answer is', async () => expect(await keeps(choice({}))).toBe(true));

    it('an error', async () => {
      gateway.upstream.answer(({ response }) => void response.writeHead(500).end('{}'));
      expect((await gateway.chat(asked('x'))).status).toBe(502);
      expect(await status('x')).toBe('miss');
    });

    it('a stream that breaks off, or that its client leaves', async () => {
      gateway.upstream.answer(({ response }) => {
        beginStream(response);
        response.write(chunkEvent({ role: 'assistant', content: 'Hal' }), () => response.destroy());
      });
      await status(asked('x', { stream: true }));
      const controller = new AbortController();
      gateway.upstream.answer(({ response }) => {
        beginStream(response);
        response.write(chunkEvent({ role: 'assistant', content: 'Hal' }));
      });
      const left = await gateway.chat(asked('y', { stream: true }), { signal: controller.signal });
      await left.body?.getReader().read();
      controller.abort();
      await gateway.receipt(left.headers.get('x-request-id'));
      gateway.upstream.answer(({ response }) => sendCompletion(response));
      expect([await status('x'), await status('y')]).toEqual(['miss', 'miss']);
    });
  });

  describe('what the client says', () => {
    it('no-store: neither read nor kept', async () => {
      expect(await status('a', { 'cache-control': 'no-store' })).toBe('bypass');
      expect(await status('a')).toBe('miss');
      expect(await status('a', { 'cache-control': 'No-Store' })).toBe('bypass');
    });

    it('no-cache: asked anew, and kept in place of the old answer', async () => {
      await status('a');
      gateway.upstream.answer(({ response }) => sendCompletion(response, { content: 'newer' }));
      expect(await status('a', { 'cache-control': 'no-cache' })).toBe('bypass');
      const after = await gateway.ask('a');
      expect(after.status).toBe('hit-exact');
      expect(after.body).toContain('newer');
    });

    it('max-age: nothing older', async () => {
      await status('a');
      gateway.clock.advance(30_000);
      expect(await status('a', { 'cache-control': 'max-age=60' })).toBe('hit-exact');
      expect(await status('a', { 'cache-control': 'max-age=10' })).toBe('miss');
    });

    it('a temperature above the default asks for variety', async () => {
      await status(asked('a', { temperature: 1.2 }));
      expect(await status(asked('a', { temperature: 1.2 }))).toBe('bypass');
    });
  });

  describe('by meaning', () => {
    const after = async (question: string | object, other: string | object) => {
      await status(question);
      const texts = typeof question === 'string' ? question : '';
      await gateway.encoder.encode(texts);
      return gateway.ask(other);
    };

    it('another wording is answered, with how alike it is', async () => {
      const hit = await after('How do I reset my password?', 'How can I reset my password?');
      expect(hit.status).toBe('hit-semantic');
      const similarity = Number(hit.headers.get('x-rolegate-cache-similarity'));
      expect(similarity).toBeGreaterThanOrEqual(0.9);
      expect(similarity).toBeLessThan(1);
    });

    it.each([
      ['Delete the file', 'Do not delete the file'],
      ['What is the refund of order 12345?', 'What is the refund of order 12346?'],
      ['Is Python faster than Java?', 'Is Java faster than Python?'],
    ])('%s / %s is not', async (a, b) => {
      gateway.setPolicy(caching({ similarityThreshold: 0.5 }));
      expect((await after(a, b)).status).toBe('miss');
    });

    it.each([
      [
        'another language',
        'Wie setze ich mein Passwort zurück?',
        'Wie setze ich mein Kennwort zurück?',
      ],
      ['another script', 'Как сбросить пароль?', 'Как мне сбросить пароль?'],
    ])('%s gets exact matching only', async (_what, a, b) => {
      gateway.setPolicy(caching({ similarityThreshold: 0 }));
      expect((await after(a, b)).status).toBe('miss');
      expect(await status(a)).toBe('hit-exact');
    });

    it.each([
      ['n', { n: 2 }],
      ['seed', { seed: 7 }],
      ['logprobs', { logprobs: true }],
    ])('a request with %s is answered by the same request only', async (_field, more) => {
      await status(asked('How do I reset my password?', more));
      await gateway.encoder.encode('How do I reset my password?');
      expect(await status(asked('How can I reset my password?', more))).toBe('miss');
      expect(await status(asked('How do I reset my password?', more))).toBe('hit-exact');
    });

    it('a rejected pair never matches again, in either direction', async () => {
      const hit = await after('How do I reset my password?', 'How can I reset my password?');
      const receipt = await gateway.receipt(hit.headers.get('x-request-id'));
      const { entryId = '', pair } = receipt.cache;
      const shelf = { tenantId: TEST_TENANT_ID, roleId: receipt.role.id };
      await gateway.cache.reject(shelf, { entryId, pair });
      expect(await status('How can I reset my password?')).toBe('miss');
      await gateway.encoder.encode('How can I reset my password?');
      expect(await status('How do I reset my password?')).toBe('miss');
    });
  });

  describe('a policy that has changed since', () => {
    it('model restrictions, patterns and connections are held against the entry itself', async () => {
      const [first, second] = ['How do I open the secret door?', 'How can I open the secret door?'];
      await status(first);
      await gateway.encoder.encode(first);
      const policy = caching({ similarityThreshold: 0.9 });
      expect(await status(second)).toBe('hit-semantic');
      gateway.setPolicy({
        ...policy,
        promptPolicies: { enabled: true, blockedPatterns: ['do I open'] },
      });
      expect(await status('How might I open the secret door?')).toBe('miss');
    });

    it('a model that is excluded since is not answered for', async () => {
      await status(asked('a', { model: 'auto' }));
      gateway.setPolicy(
        caching({}, { modelRestrictions: { enabled: true, defaultModel: 'test/test-model' } }),
      );
      await status(asked('a', { model: 'auto' }));
      expect(await status(asked('a', { model: 'auto' }))).toBe('hit-exact');
      gateway.setPolicy(
        caching(
          {},
          {
            modelRestrictions: {
              enabled: true,
              mode: 'blocklist',
              blockedModels: ['test/test-model'],
              defaultModel: 'sandbox/small',
            },
          },
        ),
      );
      expect(await status(asked('a', { model: 'auto' }))).toBe('miss');
    });

    it('tools that are forbidden since are not handed out', async () => {
      gateway.upstream.answer(({ response }) =>
        sendCompletion(response, { content: null, toolCalls: [{ name: 'wipe' }] }),
      );
      const policy = caching({ cacheToolCalls: true });
      gateway.setPolicy(policy);
      await status('a');
      expect(await status('a')).toBe('hit-exact');
      gateway.setPolicy({
        ...policy,
        toolPolicies: { enabled: true, allowToolCalling: true, blockedTools: ['wipe'] },
      });
      gateway.upstream.answer(({ response }) => sendCompletion(response));
      expect(await status('a')).toBe('miss');
    });
  });

  describe('many at once', () => {
    it('500 identical requests make one call', async () => {
      gateway.upstream.answer(
        ({ response }) => void setTimeout(() => sendCompletion(response), 50),
      );
      const all = await Promise.all(Array.from({ length: 500 }, () => status('the same')));
      expect(gateway.calls()).toBe(1);
      expect(all.filter((each) => each === 'hit-exact')).toHaveLength(499);
    });

    it('who follows a leader that fails goes alone', async () => {
      let first = true;
      gateway.upstream.answer(({ response }) => {
        if (!first) return sendCompletion(response);
        first = false;
        setTimeout(() => response.writeHead(500).end('{}'), 30);
      });
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => gateway.chat(asked('shaky'))),
      );
      expect(answers.map((each) => each.status).sort()).toEqual([200, 200, 200, 200, 502]);
    });
  });
});

describe('an encoder that is overloaded', () => {
  it('makes 500 paraphrases misses, fails none and keeps within its memory', async () => {
    const gateway = await cachedGateway({
      cache: { encodeBudgetMs: 0, maxBytes: 200_000 },
    });
    await gateway.ask('How do I get to station 0?');
    await gateway.encoder.encode('How do I get to station 0?');
    const answers = await Promise.all(
      Array.from({ length: 500 }, (_, index) =>
        gateway.ask(`How do I get to station ${index + 1}?`),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['miss']));
    expect(answers.every(({ body }) => body.includes('Hello.'))).toBe(true);
    expect(gateway.cache.bytes).toBeLessThanOrEqual(200_000);
    await gateway.close();
  });
});
