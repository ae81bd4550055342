import OpenAI, {
  APIConnectionError,
  NotFoundError,
  RateLimitError,
  InternalServerError,
} from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '.';

let sandbox: Sandbox;
let client: OpenAI;

beforeAll(async () => {
  sandbox = await startSandbox();
  client = new OpenAI({ baseURL: sandbox.url, apiKey: 'none', maxRetries: 0 });
});
afterAll(() => sandbox.close());

const ask = (content: string, more: Partial<OpenAI.ChatCompletionCreateParamsNonStreaming> = {}) =>
  client.chat.completions.create({
    model: 'small',
    messages: [{ role: 'user', content }],
    ...more,
  });

const weather: OpenAI.ChatCompletionTool = {
  type: 'function',
  function: {
    name: 'get_weather',
    parameters: {
      type: 'object',
      properties: { city: { type: 'string' }, days: { type: 'integer', minimum: 2 } },
      required: ['city'],
    },
  },
};

describe('sandbox answers', () => {
  it('says who it is, and says the same again', async () => {
    const [first, second] = [await ask('Good morning'), await ask('Good morning')];
    const text = first.choices[0]?.message.content;
    expect(text).toContain('Rolegate sandbox (simulator)');
    expect(text).toContain('Good morning');
    expect(second.choices[0]?.message.content).toBe(text);
    expect(first.id).not.toBe(second.id);
    expect(first.usage?.total_tokens).toBe(
      (first.usage?.prompt_tokens ?? 0) + (first.usage?.completion_tokens ?? 0),
    );
  });

  it('streams the same text, with usage when asked', async () => {
    const whole = (await ask('Tell me')).choices[0]?.message.content;
    const stream = await client.chat.completions.create({
      model: 'small',
      messages: [{ role: 'user', content: 'Tell me' }],
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = '';
    let usage: OpenAI.CompletionUsage | null | undefined;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      usage = chunk.usage ?? usage;
    }
    expect(text).toBe(whole);
    expect(usage?.completion_tokens).toBeGreaterThan(10);
  });

  it('obeys n, stop and max_tokens', async () => {
    expect((await ask('Hi', { n: 3 })).choices.map(({ index }) => index)).toEqual([0, 1, 2]);
    const stopped = await ask('Hi', { stop: ['simulator'] });
    expect(stopped.choices[0]?.message.content).toBe('Hello from the Rolegate sandbox (');
    const cut = await ask('Hi', { max_tokens: 4 });
    expect(cut.choices[0]?.finish_reason).toBe('length');
    expect(cut.usage?.completion_tokens).toBe(4);
  });

  it('calls the tool that the message is about, and goes on with its result', async () => {
    const first = await ask('What is the weather in Berlin?', { tools: [weather] });
    const call = first.choices[0]?.message.tool_calls?.[0];
    expect(first.choices[0]?.finish_reason).toBe('tool_calls');
    expect(call?.type === 'function' && JSON.parse(call.function.arguments)).toEqual({
      city: 'Berlin',
      days: 2,
    });
    const second = await client.chat.completions.create({
      model: 'small',
      tools: [weather],
      messages: [
        { role: 'user', content: 'What is the weather in Berlin?' },
        { role: 'assistant', tool_calls: first.choices[0]?.message.tool_calls },
        { role: 'tool', tool_call_id: call?.id ?? '', content: '21 degrees' },
      ],
    });
    expect(second.choices[0]?.finish_reason).toBe('stop');
    expect(second.choices[0]?.message.content).toContain('get_weather answered: 21 degrees');
  });

  it('calls no tool unasked, and any tool when it must', async () => {
    const chat = await ask('Hello there', { tools: [weather] });
    expect(chat.choices[0]?.finish_reason).toBe('stop');
    for (const tool_choice of [
      'required',
      { type: 'function', function: { name: 'get_weather' } },
    ] as const) {
      const forced = await ask('Hello there', { tools: [weather], tool_choice });
      expect(forced.choices[0]?.message.tool_calls?.length).toBe(1);
    }
    const none = await ask('weather?', { tools: [weather], tool_choice: 'none' });
    expect(none.choices[0]?.message.tool_calls).toBeUndefined();
  });

  it('streams tool calls in pieces that add up', async () => {
    const runner = client.chat.completions.stream({
      model: 'small',
      messages: [{ role: 'user', content: 'weather in Oslo please' }],
      tools: [weather],
    });
    const final = await runner.finalChatCompletion();
    const call = final.choices[0]?.message.tool_calls?.[0];
    expect(call?.function.name).toBe('get_weather');
    expect(JSON.parse(call?.function.arguments ?? '')).toEqual({ city: 'Oslo', days: 2 });
  });

  it('fills a JSON schema', async () => {
    const schema = {
      type: 'object',
      required: ['name', 'tags', 'node'],
      properties: {
        name: { type: 'string', maxLength: 5 },
        kind: { enum: ['a', 'b'] },
        tags: { type: 'array', items: { type: 'string' }, minItems: 2 },
        node: { $ref: '#/$defs/node' },
      },
      $defs: {
        node: {
          type: 'object',
          required: ['next'],
          properties: { next: { anyOf: [{ $ref: '#/$defs/node' }, { type: 'null' }] } },
        },
      },
    };
    const answer = await ask('Give me one', {
      response_format: { type: 'json_schema', json_schema: { name: 'x', schema } },
    });
    const value: unknown = JSON.parse(answer.choices[0]?.message.content ?? '');
    expect(value).toMatchObject({
      name: 'Sandb',
      kind: 'a',
      tags: [expect.any(String), expect.any(String)],
    });
  });

  it('acknowledges an image', async () => {
    const answer = await client.chat.completions.create({
      model: 'large',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } },
          ],
        },
      ],
    });
    expect(answer.choices[0]?.message.content).toContain('one image');
  });

  it('lists its models', async () => {
    const ids = (await client.models.list()).data.map(({ id }) => id);
    expect(ids).toEqual(['small', 'medium', 'large']);
  });
});

describe('sandbox trouble', () => {
  it('answers the status asked for', async () => {
    await expect(ask('[[status:503]]')).rejects.toThrow(InternalServerError);
    const limited = await ask('please [[status:429 retry-after:1]]').catch(
      (error: unknown) => error,
    );
    expect(limited).toBeInstanceOf(RateLimitError);
    expect((limited as RateLimitError).headers.get('retry-after')).toBe('1');
    await expect(ask('Hi', { model: 'huge' })).rejects.toThrow(NotFoundError);
  });

  it('makes the answer as long as asked', async () => {
    const answer = await ask('[[tokens:400]]');
    expect(answer.usage?.completion_tokens).toBe(400);
  });

  it('waits as long as asked', async () => {
    const from = performance.now();
    await ask('[[delay:120]]');
    expect(performance.now() - from).toBeGreaterThan(110);
  });

  it('drops the connection in the middle', async () => {
    await expect(ask('[[drop-after:5]]')).rejects.toThrow();
    const stream = await client.chat.completions.create({
      model: 'small',
      stream: true,
      messages: [{ role: 'user', content: 'Hi [[drop-after:5]]' }],
    });
    let tokens = 0;
    const reading = (async () => {
      for await (const chunk of stream) tokens += chunk.choices[0]?.delta.content ? 1 : 0;
    })();
    await expect(reading).rejects.toThrow();
    expect(tokens).toBe(5);
  });

  it('stops when the client goes', async () => {
    const before = sandbox.stats().aborted;
    const controller = new AbortController();
    const stream = await client.chat.completions.create(
      {
        model: 'small',
        stream: true,
        messages: [{ role: 'user', content: '[[tokens:1000 pace:5]]' }],
      },
      { signal: controller.signal },
    );
    for await (const chunk of stream) {
      if (chunk.choices[0]?.delta.content) break;
    }
    controller.abort();
    await expect.poll(() => sandbox.stats().aborted).toBe(before + 1);
    await expect.poll(() => sandbox.stats().active).toBe(0);
  });

  it('refuses what is not a chat request', async () => {
    const post = (body: string) =>
      fetch(`${sandbox.url}/chat/completions`, { method: 'POST', body }).then(async (response) => ({
        status: response.status,
        body: await response.json(),
      }));
    expect(await post('{"model":')).toMatchObject({
      status: 400,
      body: { error: { type: 'invalid_request_error' } },
    });
    expect(await post('{"model":"small","messages":[]}')).toMatchObject({
      status: 400,
      body: { error: { param: 'messages' } },
    });
    expect(
      (await post('{"model":"small","messages":[{"role":"user","content":"[[nonsense:1]]"}]}'))
        .status,
    ).toBe(200);
    const closed = await startSandbox();
    await closed.close();
    await expect(
      new OpenAI({ baseURL: closed.url, apiKey: 'x', maxRetries: 0 }).models.list(),
    ).rejects.toThrow(APIConnectionError);
  });
});
