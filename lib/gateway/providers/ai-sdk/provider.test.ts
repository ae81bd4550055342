import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UpstreamError, type ChatRequest, type ProviderKind } from '@/lib/gateway/types';
import {
  chunkSchema,
  completionSchema,
  gistOfChunks,
  gistOfCompletion,
} from '../testing/openai-wire';
import * as answers from '../testing/provider-answers';
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
beforeEach(() => {
  upstream.seen.length = 0;
});

const MODELS = {
  anthropic: 'claude-sonnet-4-5',
  gemini: 'gemini-2.5-flash',
  bedrock: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
  cohere: 'command-a-03-2025',
  mistral: 'mistral-large-latest',
} as const;
type Kind = keyof typeof MODELS;

const WHOLE: Record<Kind, object> = {
  anthropic: answers.ANTHROPIC,
  gemini: answers.GEMINI,
  bedrock: answers.BEDROCK,
  cohere: answers.COHERE,
  mistral: answers.MISTRAL,
};

const ask: ChatRequest = { messages: [{ role: 'user', content: 'Hi' }] };

const send = (kind: ProviderKind & Kind, request: ChatRequest = ask, signal?: AbortSignal) =>
  chat(connectionTo(kind, upstream.url), MODELS[kind], request, signal);

/** What the provider was sent. */
async function sent(kind: Kind, request: ChatRequest): Promise<Record<string, unknown>> {
  upstream.respond(answers.answerJson(WHOLE[kind]));
  await send(kind, request);
  return JSON.parse(upstream.seen.at(-1)?.body ?? '') as Record<string, unknown>;
}

const failure = async (pending: Promise<unknown>): Promise<UpstreamError> => {
  const error = await pending.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UpstreamError);
  return error as UpstreamError;
};

const weather = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'Weather of a city',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};

/** A conversation that began at OpenAI: two calls at once, results of both, and a further question. */
const conversation: ChatRequest = {
  tools: [weather],
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Weather in Oslo and Rome?' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        {
          id: 'call_OpenAiMadeThisOne1',
          type: 'function',
          function: { name: 'get_weather', arguments: '{"city":"Oslo"}' },
        },
        {
          id: 'call_OpenAiMadeThisOne2',
          type: 'function',
          function: { name: 'get_weather', arguments: '{"city":"Rome"}' },
        },
      ],
    },
    { role: 'tool', tool_call_id: 'call_OpenAiMadeThisOne1', content: '3 degrees' },
    {
      role: 'tool',
      tool_call_id: 'call_OpenAiMadeThisOne2',
      content: [{ type: 'text', text: '21 degrees' }],
    },
    { role: 'developer', content: 'Answer in English.' },
    { role: 'user', content: 'Thanks. And tomorrow?' },
  ],
};

describe('a conversation with tool calls moves to', () => {
  it('Anthropic', async () => {
    const body = await sent('anthropic', conversation);
    expect(body).toMatchObject({
      model: 'claude-sonnet-4-5',
      max_tokens: 64000,
      system: [
        { type: 'text', text: 'Be brief.' },
        { type: 'text', text: 'Answer in English.' },
      ],
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'Weather in Oslo and Rome?' }] },
        {
          role: 'assistant',
          content: [
            {
              type: 'tool_use',
              id: 'call_OpenAiMadeThisOne1',
              name: 'get_weather',
              input: { city: 'Oslo' },
            },
            {
              type: 'tool_use',
              id: 'call_OpenAiMadeThisOne2',
              name: 'get_weather',
              input: { city: 'Rome' },
            },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'call_OpenAiMadeThisOne1', content: '3 degrees' },
            { type: 'tool_result', tool_use_id: 'call_OpenAiMadeThisOne2', content: '21 degrees' },
            { type: 'text', text: 'Thanks. And tomorrow?' },
          ],
        },
      ],
      tools: [{ name: 'get_weather', input_schema: weather.function.parameters }],
    });
    expect(upstream.seen.at(-1)).toMatchObject({
      url: '/v1/messages',
      headers: { 'x-api-key': TEST_KEY, 'anthropic-version': '2023-06-01' },
    });
  });

  it('Gemini', async () => {
    const body = await sent('gemini', conversation);
    expect(body).toMatchObject({
      systemInstruction: { parts: [{ text: 'Be brief.' }, { text: 'Answer in English.' }] },
      contents: [
        { role: 'user', parts: [{ text: 'Weather in Oslo and Rome?' }] },
        {
          role: 'model',
          parts: [
            { functionCall: { name: 'get_weather', args: { city: 'Oslo' } } },
            { functionCall: { name: 'get_weather', args: { city: 'Rome' } } },
          ],
        },
        {
          role: 'user',
          parts: [
            { functionResponse: { name: 'get_weather' } },
            { functionResponse: { name: 'get_weather' } },
          ],
        },
        { role: 'user', parts: [{ text: 'Thanks. And tomorrow?' }] },
      ],
    });
    expect(JSON.stringify(body)).toContain('3 degrees');
    expect(upstream.seen.at(-1)).toMatchObject({
      url: '/v1beta/models/gemini-2.5-flash:generateContent',
      headers: { 'x-goog-api-key': TEST_KEY },
    });
  });

  it('Bedrock', async () => {
    const body = await sent('bedrock', conversation);
    expect(body).toMatchObject({
      system: [{ text: 'Be brief.' }, { text: 'Answer in English.' }],
      messages: [
        { role: 'user' },
        {
          role: 'assistant',
          content: [{ toolUse: { name: 'get_weather', input: { city: 'Oslo' } } }, { toolUse: {} }],
        },
        {
          role: 'user',
          content: [{ toolResult: {} }, { toolResult: {} }, { text: 'Thanks. And tomorrow?' }],
        },
      ],
    });
    expect(upstream.seen.at(-1)?.url).toBe(
      '/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse',
    );
  });

  it('Cohere', async () => {
    const body = await sent('cohere', conversation);
    const roles = (body.messages as { role: string }[]).map(({ role }) => role);
    expect(roles).toEqual(['system', 'user', 'assistant', 'tool', 'tool', 'system', 'user']);
    expect(upstream.seen.at(-1)?.url).toBe('/v2/chat');
  });

  it('Mistral, with ids of the kind it accepts', async () => {
    const body = await sent('mistral', conversation);
    const messages = body.messages as { tool_calls?: { id: string }[]; tool_call_id?: string }[];
    const made = messages.flatMap(({ tool_calls = [] }) => tool_calls.map(({ id }) => id));
    const answered = messages.flatMap(({ tool_call_id: id }) => id ?? []);
    expect(made).toEqual(answered);
    expect(new Set(made).size).toBe(2);
    for (const id of made) expect(id).toMatch(/^[a-zA-Z0-9]{9}$/);
    expect(upstream.seen.at(-1)?.url).toBe('/v1/chat/completions');
  });

  it('and is refused when a result answers no call', async () => {
    const request: ChatRequest = {
      messages: [...ask.messages, { role: 'tool', tool_call_id: 'x', content: 'y' }],
    };
    expect(await failure(send('anthropic', request))).toMatchObject({
      status: 400,
      param: 'messages.1.tool_call_id',
    });
  });

  it('and keeps legacy function calls together with their results', async () => {
    const body = await sent('anthropic', {
      functions: [weather.function],
      messages: [
        ...ask.messages,
        {
          role: 'assistant',
          content: null,
          function_call: { name: 'get_weather', arguments: '{"city":"Oslo"}' },
        },
        { role: 'function', name: 'get_weather', content: '3 degrees' },
      ],
    });
    expect(body.messages).toMatchObject([
      {},
      { content: [{ type: 'tool_use', id: 'call_1', name: 'get_weather' }] },
      { content: [{ type: 'tool_result', tool_use_id: 'call_1' }] },
    ]);
  });
});

describe('what a request asks for', () => {
  const png = 'iVBORw0KGgo=';
  const withImage = (url: string): ChatRequest => ({
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What?' },
          { type: 'image_url', image_url: { url } },
        ],
      },
    ],
  });

  it('carries images as bytes or as an address the provider fetches itself', async () => {
    expect(
      (await sent('anthropic', withImage(`data:image/png;base64,${png}`))).messages,
    ).toMatchObject([
      {
        content: [
          {},
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } },
        ],
      },
    ]);
    expect(
      (await sent('anthropic', withImage('https://example.com/a.png'))).messages,
    ).toMatchObject([
      {
        content: [{}, { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } }],
      },
    ]);
    expect(
      (await sent('gemini', withImage(`data:image/png;base64,${png}`))).contents,
    ).toMatchObject([{ parts: [{}, { inlineData: { mimeType: 'image/png', data: png } }] }]);
    expect((await sent('gemini', withImage('https://example.com/a.png'))).contents).toMatchObject([
      {
        parts: [{}, { fileData: { mimeType: 'image/png', fileUri: 'https://example.com/a.png' } }],
      },
    ]);
    expect(upstream.seen.every(({ method }) => method === 'POST')).toBe(true);
  });

  it('is refused with the part at fault when an image cannot be carried', async () => {
    expect(await failure(send('bedrock', withImage('https://example.com/a.png')))).toMatchObject({
      kind: 'status',
      status: 400,
    });
    expect(await failure(send('anthropic', withImage('file:///etc/passwd')))).toMatchObject({
      status: 400,
      param: 'messages.0.content.1',
    });
    expect(upstream.seen).toEqual([]);
  });

  const file = (type: string, text: string): ChatRequest => ({
    messages: [
      {
        role: 'user',
        content: [
          {
            type: 'file',
            file: {
              filename: 'a.txt',
              file_data: `data:${type};base64,${Buffer.from(text).toString('base64')}`,
            },
          },
        ],
      },
    ],
  });

  it('carries files where the provider takes them, and refuses the others', async () => {
    expect(JSON.stringify(await sent('anthropic', file('text/plain', 'read me')))).toContain(
      'read me',
    );
    expect(JSON.stringify(await sent('cohere', file('text/plain', 'read me')))).toContain(
      'read me',
    );
    const pdf = Buffer.from('%PDF-1.4').toString('base64');
    for (const kind of ['anthropic', 'gemini', 'bedrock', 'mistral'] as const) {
      expect(JSON.stringify(await sent(kind, file('application/pdf', '%PDF-1.4')))).toContain(pdf);
    }
    upstream.seen.length = 0;
    expect(await failure(send('cohere', file('application/pdf', '%PDF-1.4')))).toMatchObject({
      status: 400,
    });
    expect(upstream.seen).toEqual([]);
  });

  it('carries audio to Gemini, and refuses it elsewhere', async () => {
    const audio: ChatRequest = {
      messages: [
        {
          role: 'user',
          content: [{ type: 'input_audio', input_audio: { data: 'UklGRg==', format: 'wav' } }],
        },
      ],
    };
    expect((await sent('gemini', audio)).contents).toMatchObject([
      { parts: [{ inlineData: { mimeType: 'audio/wav', data: 'UklGRg==' } }] },
    ]);
    upstream.seen.length = 0;
    for (const kind of ['anthropic', 'bedrock', 'cohere', 'mistral'] as const) {
      expect(await failure(send(kind, audio))).toMatchObject({ kind: 'status', status: 400 });
    }
    expect(upstream.seen).toEqual([]);
  });

  it.each<[Kind, Record<string, unknown>]>([
    [
      'anthropic',
      {
        max_tokens: 77,
        temperature: 1,
        stop_sequences: ['END', 'FIN'],
        tool_choice: { type: 'any', disable_parallel_tool_use: true },
      },
    ],
    [
      'gemini',
      {
        generationConfig: {
          maxOutputTokens: 77,
          temperature: 1.5,
          stopSequences: ['END', 'FIN'],
          seed: 5,
        },
        toolConfig: { functionCallingConfig: { mode: 'ANY' } },
      },
    ],
    [
      'bedrock',
      {
        inferenceConfig: { maxTokens: 77, temperature: 1, stopSequences: ['END', 'FIN'] },
        toolConfig: { toolChoice: { any: {} } },
      },
    ],
    [
      'cohere',
      {
        max_tokens: 77,
        temperature: 1.5,
        stop_sequences: ['END', 'FIN'],
        seed: 5,
        tool_choice: 'REQUIRED',
      },
    ],
    [
      'mistral',
      {
        max_tokens: 77,
        temperature: 1.5,
        stop: ['END', 'FIN'],
        random_seed: 5,
        tool_choice: 'any',
        parallel_tool_calls: false,
      },
    ],
  ])('becomes the settings of %s', async (kind, expected) => {
    const body = await sent(kind, {
      ...ask,
      max_completion_tokens: 77,
      max_tokens: 99,
      temperature: 1.5,
      stop: ['END', 'FIN'],
      seed: 5,
      tools: [weather],
      tool_choice: 'required',
      parallel_tool_calls: false,
      user: 'u1',
      logit_bias: { 50: 1 },
      store: true,
    });
    expect(body).toMatchObject(expected);
    for (const dropped of ['logit_bias', 'store', 'max_completion_tokens'])
      expect(body).not.toHaveProperty(dropped);
  });

  it.each<[Kind, string, Record<string, unknown>]>([
    ['anthropic', 'a named tool', { tool_choice: { type: 'tool', name: 'get_weather' } }],
    [
      'gemini',
      'a named tool',
      {
        toolConfig: {
          functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['get_weather'] },
        },
      },
    ],
    ['bedrock', 'a named tool', { toolConfig: { toolChoice: { tool: { name: 'get_weather' } } } }],
  ])('makes %s call %s', async (kind, _name, expected) => {
    const tool_choice = { type: 'function', function: { name: 'get_weather' } };
    expect(await sent(kind, { ...ask, tools: [weather], tool_choice })).toMatchObject(expected);
  });

  const schema = {
    type: 'object',
    properties: { n: { type: 'integer' } },
    required: ['n'],
    additionalProperties: false,
  };
  it.each<[Kind, Record<string, unknown>]>([
    ['anthropic', { output_config: { format: { type: 'json_schema' } } }],
    [
      'gemini',
      {
        generationConfig: {
          responseMimeType: 'application/json',
          responseSchema: { required: ['n'] },
        },
      },
    ],
    ['cohere', { response_format: { type: 'json_object', json_schema: schema } }],
    [
      'mistral',
      { response_format: { type: 'json_schema', json_schema: { name: 'num', strict: true } } },
    ],
  ])('makes %s answer in a JSON schema', async (kind, expected) => {
    const response_format = {
      type: 'json_schema',
      json_schema: { name: 'num', strict: true, schema },
    };
    expect(await sent(kind, { ...ask, response_format })).toMatchObject(expected);
  });

  it('tells Anthropic in words to answer in JSON when there is no schema', async () => {
    const body = await sent('anthropic', { ...ask, response_format: { type: 'json_object' } });
    expect(JSON.stringify(body.system)).toContain('JSON object');
  });

  it.each<[string, Partial<ChatRequest>]>([
    ['n', { n: 2 }],
    ['logprobs', { logprobs: true }],
    ['modalities', { modalities: ['text', 'audio'] }],
    ['tools.0', { tools: [{ type: 'web_search' }] }],
  ])('is refused when it would change the shape of the answer: %s', async (param, more) => {
    const error = await failure(send('gemini', { ...ask, ...more }));
    expect(error).toMatchObject({
      kind: 'status',
      status: 400,
      param,
      providerCode: 'unsupported_parameter',
    });
    expect(upstream.seen).toEqual([]);
  });

  it('turns reasoning effort into what each provider has, within the token limit', async () => {
    const request: ChatRequest = { ...ask, reasoning_effort: 'high', max_tokens: 10_000 };
    expect(await sent('anthropic', request)).toMatchObject({
      thinking: { type: 'enabled', budget_tokens: 4096 },
      max_tokens: 10_000,
    });
    expect(await sent('gemini', request)).toMatchObject({
      generationConfig: { thinkingConfig: { thinkingBudget: 4096, includeThoughts: true } },
    });
    expect(await sent('anthropic', { ...request, max_tokens: 1500 })).not.toHaveProperty(
      'thinking',
    );
    const adaptive = connectionTo('anthropic', upstream.url);
    await chat(adaptive, 'claude-opus-4-6', request);
    expect(JSON.parse(upstream.seen.at(-1)?.body ?? '')).toMatchObject({
      thinking: { type: 'adaptive' },
      output_config: { effort: 'high' },
      max_tokens: 10_000,
    });
  });

  it('sends signed thoughts and Gemini signatures back where they came from, and nowhere else', async () => {
    const request: ChatRequest = {
      tools: [weather],
      messages: [
        ...ask.messages,
        {
          role: 'assistant',
          content: null,
          thinking_blocks: [{ type: 'thinking', thinking: 'Hm.', signature: 'sig-a' }],
          tool_calls: [
            {
              id: 'c1',
              type: 'function',
              function: { name: 'get_weather', arguments: '{}' },
              extra_content: { google: { thought_signature: 'sig-g' } },
            },
          ],
        },
        { role: 'tool', tool_call_id: 'c1', content: 'ok' },
      ],
    };
    const anthropic = JSON.stringify(await sent('anthropic', request));
    expect(anthropic).toContain('"signature":"sig-a"');
    expect(anthropic).not.toContain('sig-g');
    const gemini = JSON.stringify(await sent('gemini', request));
    expect(gemini).toContain('"thoughtSignature":"sig-g"');
    expect(gemini).not.toContain('sig-a');
  });

  it('marks prompt caching for Anthropic', async () => {
    const body = await sent('anthropic', {
      messages: [
        {
          role: 'system',
          content: [
            { type: 'text', text: 'Long', cache_control: { type: 'ephemeral', ttl: '1h' } },
          ],
        },
        ...ask.messages,
      ],
    });
    expect(body.system).toMatchObject([
      { text: 'Long', cache_control: { type: 'ephemeral', ttl: '1h' } },
    ]);
  });

  it('survives arguments that were never JSON', async () => {
    const body = await sent('anthropic', {
      messages: [
        ...ask.messages,
        {
          role: 'assistant',
          content: 'x',
          tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{"a":' } }],
        },
        { role: 'tool', tool_call_id: 'c1', content: 'bad arguments' },
      ],
    });
    expect(JSON.stringify(body)).toContain('invalid_json');
  });
});

describe('an answer of', () => {
  const whole = async (kind: Kind, body: object) => {
    upstream.respond(answers.answerJson(body));
    const answer = await send(kind, { ...ask, tools: [weather] });
    if (answer.stream) throw new Error('expected a whole answer');
    return {
      gist: gistOfCompletion(completionSchema.parse(answer.completion)),
      usage: answer.usage,
      answer,
    };
  };
  const streamed = async (kind: Kind, type: string, body: string | Buffer) => {
    upstream.respond((response) => response.writeHead(200, { 'content-type': type }).end(body));
    const answer = await send(kind, { ...ask, tools: [weather], stream: true });
    const chunks = (await readAll(answer)).map(({ chunk }) => chunkSchema.parse(chunk));
    return { gist: gistOfChunks(chunks), usage: answer.stream ? answer.usage() : null, chunks };
  };
  const call = { id: expect.any(String), name: 'get_weather', arguments: { city: 'Oslo' } };

  it('Bedrock keeps text, tool call and cache counts', async () => {
    const { gist, usage } = await whole('bedrock', answers.BEDROCK);
    expect(gist).toEqual({ text: 'Let me see.', toolCalls: [call], finishReason: 'tool_calls' });
    expect(usage).toMatchObject({
      inputTokens: 40,
      cachedInputTokens: 20,
      cacheWrite5mTokens: 10,
      outputTokens: 20,
    });
  });

  it('Bedrock streams from binary frames', async () => {
    const { gist, usage } = await streamed(
      'bedrock',
      'application/vnd.amazon.eventstream',
      Buffer.concat(answers.BEDROCK_STREAM),
    );
    expect(gist).toEqual({ text: 'Hello', toolCalls: [call], finishReason: 'tool_calls' });
    expect(usage).toMatchObject({ inputTokens: 7, outputTokens: 3 });
  });

  it('Mistral keeps tool calls and cached tokens, and streams text', async () => {
    const { gist, usage } = await whole('mistral', answers.MISTRAL);
    expect(gist).toEqual({ text: '', toolCalls: [call], finishReason: 'tool_calls' });
    expect(usage).toMatchObject({ inputTokens: 20, cachedInputTokens: 5, outputTokens: 7 });
    const stream = await streamed(
      'mistral',
      'text/event-stream',
      `${answers.sse(answers.MISTRAL_STREAM)}data: [DONE]\n\n`,
    );
    expect(stream.gist).toEqual({ text: 'Bonjour', toolCalls: [], finishReason: 'stop' });
    expect(stream.usage).toMatchObject({ inputTokens: 3, outputTokens: 2 });
  });

  it('Cohere counts what is billed, and streams parallel tool calls in order', async () => {
    const { gist, usage } = await whole('cohere', answers.COHERE);
    expect(gist).toEqual({ text: 'Hello', toolCalls: [], finishReason: 'stop' });
    expect(usage).toMatchObject({ inputTokens: 5, outputTokens: 2 });
    const stream = await streamed(
      'cohere',
      'text/event-stream',
      answers.sse(answers.COHERE_STREAM, true),
    );
    expect(stream.gist).toEqual({
      text: '',
      toolCalls: [
        { id: 'get_weather_1', name: 'get_weather', arguments: { city: 'Oslo' } },
        { id: 'get_time_2', name: 'get_time', arguments: {} },
      ],
      finishReason: 'tool_calls',
    });
  });

  it('Anthropic keeps thoughts, their signatures and what was written to caches', async () => {
    const { answer, usage } = await whole('anthropic', {
      ...answers.ANTHROPIC,
      content: [
        { type: 'thinking', thinking: 'Hm.', signature: 'sig' },
        { type: 'redacted_thinking', data: 'xyz' },
        { type: 'text', text: 'Hello' },
      ],
      usage: {
        input_tokens: 1,
        output_tokens: 2,
        cache_creation_input_tokens: 30,
        cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 20 },
        cache_read_input_tokens: 4,
        server_tool_use: { web_search_requests: 3 },
      },
    });
    expect(answer.completion.choices[0]?.message).toMatchObject({
      content: 'Hello',
      reasoning_content: 'Hm.',
      thinking_blocks: [
        { type: 'thinking', thinking: 'Hm.', signature: 'sig' },
        { type: 'redacted_thinking', data: 'xyz' },
      ],
    });
    expect(usage).toMatchObject({
      inputTokens: 35,
      cachedInputTokens: 4,
      cacheWrite5mTokens: 10,
      cacheWrite1hTokens: 20,
      webSearches: 3,
    });
  });

  it('Gemini keeps the signature of a call, whole and streamed', async () => {
    const part = {
      functionCall: { name: 'get_weather', args: { city: 'Oslo' } },
      thoughtSignature: 'sig',
    };
    const body = {
      ...answers.GEMINI,
      candidates: [{ content: { role: 'model', parts: [part] }, finishReason: 'STOP' }],
    };
    const { answer, gist } = await whole('gemini', body);
    expect(gist).toEqual({ text: '', toolCalls: [call], finishReason: 'tool_calls' });
    const extra_content = { google: { thought_signature: 'sig' } };
    expect(answer.completion.choices[0]?.message.tool_calls?.[0]).toMatchObject({ extra_content });
    const { chunks, gist: streamGist } = await streamed(
      'gemini',
      'text/event-stream',
      answers.sse([body]),
    );
    expect(streamGist.toolCalls).toEqual([call]);
    expect(chunks.flatMap(({ choices }) => choices[0]?.delta.tool_calls ?? [])).toContainEqual({
      index: 0,
      extra_content,
    });
  });

  it('Gemini that blocked the prompt says so in OpenAI terms', async () => {
    const blocked = {
      promptFeedback: { blockReason: 'SAFETY' },
      usageMetadata: { promptTokenCount: 4, totalTokenCount: 4 },
    };
    const { gist } = await whole('gemini', blocked);
    expect(gist).toEqual({ text: '', toolCalls: [], finishReason: 'content_filter' });
    const stream = await streamed('gemini', 'text/event-stream', answers.sse([blocked]));
    expect(stream.gist.finishReason).toBe('content_filter');
  });
});

describe('a failing provider', () => {
  const fail = (status: number, body: string, headers: Record<string, string> = {}) =>
    upstream.respond((response) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body),
    );

  it.each<[Kind, number, string, Record<string, string>, string | null]>([
    [
      'anthropic',
      529,
      '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}',
      {},
      'overloaded_error',
    ],
    [
      'gemini',
      429,
      '{"error":{"code":429,"message":"quota","status":"RESOURCE_EXHAUSTED"}}',
      {},
      'RESOURCE_EXHAUSTED',
    ],
    [
      'bedrock',
      429,
      '{"message":"Too many requests"}',
      { 'x-amzn-errortype': 'ThrottlingException:http://x' },
      'ThrottlingException',
    ],
    ['cohere', 401, '{"message":"invalid api token"}', {}, null],
    [
      'mistral',
      422,
      '{"object":"error","message":{"detail":[{"msg":"bad"}]},"type":"invalid_request_message_error"}',
      {},
      'invalid_request_message_error',
    ],
  ])('%s keeps its status %i and code', async (kind, status, body, headers, code) => {
    fail(status, body, { ...headers, 'retry-after': '3' });
    for (const stream of [false, true]) {
      expect(await failure(send(kind, { ...ask, stream }))).toMatchObject({
        kind: 'status',
        status,
        providerCode: code,
        retryAfterMs: 3000,
      });
    }
  });

  it('shows no key, whatever the provider repeats', async () => {
    fail(
      401,
      JSON.stringify({
        type: 'error',
        error: { type: 'authentication_error', message: `invalid x-api-key ${TEST_KEY}` },
      }),
    );
    const error = await failure(send('anthropic'));
    expect(`${error.message} ${JSON.stringify(error)}`).not.toContain(TEST_KEY);
  });

  it.each<[Kind, string, string]>([
    [
      'anthropic',
      'application/json',
      '{"type":"error","error":{"type":"api_error","message":"x"}}',
    ],
    ['anthropic', 'application/json', '{"half":'],
    ['gemini', 'application/json', '{"candidates":"none"}'],
    ['cohere', 'text/html', '<html>'],
    ['mistral', 'application/json', '{"choices":[]}'],
  ])('%s is invalid when it answers with %s %s', async (kind, type, body) => {
    upstream.respond((response) => response.writeHead(200, { 'content-type': type }).end(body));
    expect((await failure(send(kind))).kind).toBe('invalid');
  });

  it.each<[string, object]>([
    ['no candidates', { ...answers.GEMINI, candidates: [] }],
    ['nothing but usage', { usageMetadata: { promptTokenCount: 4, totalTokenCount: 4 } }],
  ])('Gemini is invalid when it answers with %s and does not say why', async (_name, body) => {
    upstream.respond(answers.answerJson(body));
    expect((await failure(send('gemini'))).kind).toBe('invalid');
    upstream.respond(answers.answerSse(answers.sse([body])));
    const streamed = await failure(send('gemini', { ...ask, stream: true }).then(readAll));
    expect(['invalid', 'reset']).toContain(streamed.kind);
  });

  const anthropicStart = [
    { type: 'message_start', message: { ...answers.ANTHROPIC, content: [], stop_reason: null } },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hel' } },
  ];
  const overloaded = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } };

  it.each<[string, Kind, string, object]>([
    ['a stream without its end', 'anthropic', answers.sse(anthropicStart, true), { kind: 'reset' }],
    [
      'a stream that turns into an error',
      'anthropic',
      answers.sse([...anthropicStart, overloaded], true),
      { kind: 'invalid', providerCode: 'overloaded_error' },
    ],
    [
      'a stream without a finish reason',
      'gemini',
      answers.sse([{ candidates: [{ content: { parts: [{ text: 'a' }] } }] }]),
      { kind: 'reset' },
    ],
    [
      'an error inside a stream',
      'gemini',
      answers.sse([{ error: { code: 503, message: 'overloaded', status: 'UNAVAILABLE' } }]),
      { providerCode: 'UNAVAILABLE' },
    ],
    ['garbage inside a stream', 'cohere', 'data: nonsense\n\n', { kind: 'invalid' }],
    [
      'a stream without message-end',
      'cohere',
      answers.sse(answers.COHERE_STREAM.slice(0, 4)),
      { kind: 'reset' },
    ],
    [
      'a stream without finish_reason',
      'mistral',
      answers.sse(answers.MISTRAL_STREAM.slice(0, 2)),
      { kind: 'reset' },
    ],
  ])('ends in an error for %s of %s', async (_name, kind, body, expected) => {
    upstream.respond(answers.answerSse(body));
    const error = await failure(send(kind, { ...ask, stream: true }).then(readAll));
    expect(error).toMatchObject(expected);
  });

  it('ends in an error for a Bedrock stream that is cut off, throttled, or announces a monstrous frame', async () => {
    const monstrous = Buffer.alloc(16);
    monstrous.writeUInt32BE(0xf0000000, 0);
    const throttled = answers.bedrockEvent(
      'throttlingException',
      { message: 'slow down' },
      'exception',
    );
    const cases: [Buffer[], object][] = [
      [answers.BEDROCK_STREAM.slice(0, 3), { kind: 'reset' }],
      [[...answers.BEDROCK_STREAM.slice(0, 3), throttled], { message: /slow down/ }],
      [[monstrous], { kind: 'invalid' }],
    ];
    for (const [frames, expected] of cases) {
      upstream.respond((response) =>
        response
          .writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' })
          .end(Buffer.concat(frames)),
      );
      const error = await failure(send('bedrock', { ...ask, stream: true }).then(readAll));
      expect(error).toMatchObject(expected);
    }
  });

  it('cannot flood memory with an endless answer', async () => {
    upstream.respond((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const block = Buffer.alloc(1024 * 1024, ' ');
      const more = (): void => {
        while (!response.destroyed && response.write(block));
      };
      response.on('drain', more);
      more();
    });
    expect(await failure(send('gemini'))).toMatchObject({
      kind: 'invalid',
      message: /longer than 67108864/,
    });
  });

  it.each<[Kind, boolean]>([
    ['anthropic', false],
    ['anthropic', true],
    ['gemini', true],
  ])('%s is left within 100 ms of an abort (streaming: %s)', async (kind, stream) => {
    const begun =
      kind === 'anthropic' ? answers.sse(anthropicStart, true) : answers.sse([{ candidates: [] }]);
    const target = { kind, model: MODELS[kind], request: { ...ask, stream } };
    const { ms, outcome } = await abortLatency(chat, target, stream ? begun : null);
    expect(ms).toBeLessThan(100);
    expect(outcome).toMatchObject({ kind: 'aborted' });
  });

  it('is not asked at all without a key, even if the process environment has one', async () => {
    process.env.ANTHROPIC_API_KEY = 'sk-of-the-operator';
    process.env.AWS_BEARER_TOKEN_BEDROCK = 'bedrock-key-of-the-operator';
    const none = connectionTo('anthropic', upstream.url, '');
    expect(await failure(chat(none, 'claude-sonnet-4-5', ask))).toMatchObject({ kind: 'connect' });
    upstream.respond(answers.answerJson(answers.BEDROCK));
    const keys = connectionTo('bedrock', upstream.url, 'AKIAIOSFODNN7EXAMPLE:secret/key+1');
    await chat(keys, MODELS.bedrock, ask);
    delete process.env.ANTHROPIC_API_KEY;
    delete process.env.AWS_BEARER_TOKEN_BEDROCK;
    expect(upstream.seen.length).toBe(1);
    expect(upstream.seen[0]?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\/\d{8}\/us-east-1\/bedrock\//,
    );
  });
});
