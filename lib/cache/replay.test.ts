import type OpenAI from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TEST_TENANT_ID } from '@/lib/gateway/testing/memory-principals';
import { completionBody, sendCompletion } from '@/lib/gateway/testing/test-upstream';
import { toChunks } from '@/lib/openai/to-chunks';
import type { ChatCompletion } from '@/lib/openai/wire';
import { cachedGateway, caching, type CachedGateway } from './testing/cached-gateway';

const IMAGE = (data: string) => ({
  type: 'image_url',
  image_url: { url: `data:image/png;base64,${data}` },
});

describe('an answer that is given again', () => {
  let gateway: CachedGateway;
  beforeAll(async () => {
    gateway = await cachedGateway();
  });
  beforeEach(async () => {
    gateway.setPolicy(caching({ cacheToolCalls: true }));
    await gateway.cache.clear(TEST_TENANT_ID, null);
    gateway.calls();
  });
  afterAll(() => gateway.close());

  /** The upstream gives one completion, whole or as the stream it would have come as. */
  function give(completion: ChatCompletion): void {
    gateway.upstream.answer(({ request, response }) => {
      if (!request.stream) return void response.writeHead(200).end(JSON.stringify(completion));
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const chunk of toChunks(completion, true))
        response.write(`data: ${JSON.stringify(chunk)}\n\n`);
      response.end('data: [DONE]\n\n');
    });
  }

  const REQUEST: OpenAI.ChatCompletionCreateParamsNonStreaming = {
    model: 'test/test-model',
    messages: [{ role: 'user', content: 'Say it twice' }],
    n: 2,
    seed: 7,
    logprobs: true,
  };
  const choice = (index: number, content: string) => ({
    index,
    message: { role: 'assistant' as const, content },
    finish_reason: 'stop',
    logprobs: { content: [{ token: content, logprob: -0.5, bytes: null, top_logprobs: [] }] },
  });
  const TWO = {
    ...completionBody(),
    choices: [choice(0, 'one'), choice(1, 'two')],
  } as unknown as ChatCompletion;
  const called = completionBody({
    content: null,
    toolCalls: [{ name: 'look', arguments: '{"at":1}' }, { name: 'wait' }],
  }) as ChatCompletion;
  const CALLS = {
    ...called,
    choices: called.choices.map(({ logprobs: _none, ...choice }) => choice),
  };

  async function streamed(usage: boolean) {
    const stream = await gateway.client().chat.completions.create({
      ...REQUEST,
      stream: true,
      ...(usage ? { stream_options: { include_usage: true } } : {}),
    });
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    return chunks;
  }

  it.each([
    ['several choices with their log probabilities', TWO],
    ['calls of tools with their arguments', CALLS],
  ])('keeps %s, from a stream to a whole answer and back', async (_what, completion) => {
    give(completion);
    for (const first of ['stream', 'whole']) {
      await gateway.cache.clear(TEST_TENANT_ID, null);
      if (first === 'stream') await streamed(false);
      else await gateway.client().chat.completions.create(REQUEST);
      const whole = await gateway.client().chat.completions.create(REQUEST);
      expect(whole).toMatchObject({ choices: completion.choices, usage: completion.usage });
      const chunks = await streamed(true);
      const deltas = chunks.flatMap(({ choices }) => choices);
      for (const { index, message, finish_reason: reason, logprobs } of completion.choices) {
        const own = deltas.filter((each) => each.index === index);
        expect(own.map(({ delta }) => delta.content ?? '').join('')).toBe(message.content ?? '');
        expect(own.flatMap(({ delta }) => delta.tool_calls ?? [])).toMatchObject(
          message.tool_calls ?? [],
        );
        expect(own.find((each) => each.logprobs)?.logprobs).toEqual(logprobs);
        expect(own.at(-1)?.finish_reason).toBe(reason);
      }
      expect(chunks.at(-1)?.usage).toEqual(completion.usage);
      expect(gateway.calls()).toBe(1);
    }
  });

  it('tells usage in a stream only where it is asked for', async () => {
    give(TWO);
    await streamed(true);
    expect((await streamed(false)).some(({ usage }) => usage)).toBe(false);
    expect(gateway.calls()).toBe(1);
  });

  it('as a stream has the requester’s own id and time, and its headers before the first byte', async () => {
    gateway.upstream.answer(({ response }) => sendCompletion(response));
    const stream = { messages: [{ role: 'user', content: 'hi' }], stream: true };
    await gateway.ask('hi');
    gateway.clock.advance(2500);
    const hit = await gateway.ask(stream);
    const header = (name: string) => hit.headers.get(name);
    expect(header('x-rolegate-cache')).toBe('hit-exact');
    expect(header('age')).toBe('2');
    expect(header('x-rolegate-cache-similarity')).toBe('1.0000');
    expect(header('x-rolegate-attempts')).toBe('0');
    expect(header('x-rolegate-model')).toBe('test-model');
    expect(header('x-rolegate-cost-usd')).toBeNull();
    const chunks = hit.body
      .split('\n\n')
      .filter((event) => event.startsWith('data: {'))
      .map((event) => JSON.parse(event.slice(6)) as OpenAI.ChatCompletionChunk);
    expect(new Set(chunks.map(({ id }) => id))).toEqual(
      new Set([`chatcmpl-${header('x-request-id')}`]),
    );
    expect(new Set(chunks.map(({ created }) => created))).toEqual(
      new Set([Math.floor(gateway.clock.now() / 1000)]),
    );
    const bypass = await gateway.ask(stream, { headers: { 'cache-control': 'no-store' } });
    expect(bypass.status).toBe('bypass');
    expect(bypass.headers.get('age')).toBeNull();
    expect(bypass.headers.get('x-rolegate-attempts')).not.toBe('0');
  });

  it('goes by the content of images: the same one hits, also under another wording', async () => {
    gateway.setPolicy(caching({ similarityThreshold: 0.9 }));
    gateway.upstream.answer(({ response }) => sendCompletion(response));
    const about = (text: string, data: string) => ({
      messages: [{ role: 'user', content: [{ type: 'text', text }, IMAGE(data)] }],
    });
    const status = async (text: string, data: string) =>
      (await gateway.ask(about(text, data))).status;
    const question = 'How do I repair the thing in this picture?';
    expect(await status(question, 'AAAA')).toBe('miss');
    await gateway.encoder.encode(question);
    expect(await status(question, 'AAAA')).toBe('hit-exact');
    expect(await status('How can I repair the thing in this picture?', 'AAAA')).toBe(
      'hit-semantic',
    );
    expect(await status(question, 'AAAB')).toBe('miss');
  });
});
