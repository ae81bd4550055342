import OpenAI, {
  APIUserAbortError,
  AuthenticationError,
  BadRequestError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
} from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testGateway, type TestGateway } from './testing/test-gateway';

const TOOLS = [
  {
    type: 'function' as const,
    function: {
      name: 'get_weather',
      description: 'Weather of a city',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  },
];
const messages = [{ role: 'user' as const, content: 'What is the weather in Oslo?' }];

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway();
});
beforeEach(() => gateway.setPolicy({}));
afterAll(() => gateway.close());

describe('the official client', () => {
  it('chats', async () => {
    const {
      data,
      response,
      request_id: id,
    } = await gateway
      .client()
      .chat.completions.create({ model: 'sandbox/small', messages })
      .withResponse();
    expect(data.choices[0]?.message.content).toBeTruthy();
    expect(data.usage?.total_tokens).toBeGreaterThan(0);
    expect(id).toBe(response.headers.get('x-request-id'));
  });

  it('streams, and gets usage only when it asked', async () => {
    for (const asked of [false, true]) {
      const stream = await gateway.client().chat.completions.create({
        model: 'sandbox/small',
        messages,
        stream: true,
        ...(asked ? { stream_options: { include_usage: true } } : {}),
      });
      let text = '';
      const usages = [];
      for await (const chunk of stream) {
        text += chunk.choices[0]?.delta.content ?? '';
        if (chunk.usage) usages.push(chunk.usage);
      }
      expect(text).not.toBe('');
      expect(usages).toHaveLength(asked ? 1 : 0);
    }
  });

  it('calls tools, whole and streamed', async () => {
    const whole = await gateway.client().chat.completions.create({
      model: 'sandbox/small',
      messages,
      tools: TOOLS,
      tool_choice: 'required',
    });
    const [call] = whole.choices[0]?.message.tool_calls ?? [];
    expect(call).toMatchObject({ type: 'function', function: { name: 'get_weather' } });
    const runner = gateway.client().chat.completions.stream({
      model: 'sandbox/small',
      messages,
      tools: TOOLS,
      tool_choice: 'required',
    });
    const final = await runner.finalChatCompletion();
    expect(final.choices[0]?.finish_reason).toBe('tool_calls');
    expect(final.choices[0]?.message.tool_calls?.[0]).toMatchObject({
      function: { name: 'get_weather' },
    });
  });

  it('gets answers to a JSON schema', async () => {
    const answer = await gateway.client().chat.completions.create({
      model: 'sandbox/small',
      messages,
      response_format: {
        type: 'json_schema',
        json_schema: {
          name: 'weather',
          strict: true,
          schema: {
            type: 'object',
            properties: { city: { type: 'string' }, celsius: { type: 'number' } },
            required: ['city', 'celsius'],
            additionalProperties: false,
          },
        },
      },
    });
    const parsed = JSON.parse(answer.choices[0]?.message.content ?? '') as object;
    expect(parsed).toHaveProperty('city');
    expect(parsed).toHaveProperty('celsius');
  });

  it('sends images', async () => {
    await gateway.client().chat.completions.create({
      model: 'test/test-model',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            {
              type: 'image_url',
              image_url: { url: 'data:image/png;base64,iVBORw0KGgo=', detail: 'low' },
            },
          ],
        },
      ],
    });
    expect(gateway.upstream.requests.at(-1)?.request.messages[0]?.content).toEqual([
      { type: 'text', text: 'What is this?' },
      {
        type: 'image_url',
        image_url: { url: 'data:image/png;base64,iVBORw0KGgo=', detail: 'low' },
      },
    ]);
  });

  it('aborts', async () => {
    const controller = new AbortController();
    const answer = gateway
      .client()
      .chat.completions.create(
        { model: 'sandbox/small', messages: [{ role: 'user', content: '[[delay:20000]] hi' }] },
        { signal: controller.signal },
      );
    setTimeout(() => controller.abort(), 50);
    await expect(answer).rejects.toBeInstanceOf(APIUserAbortError);
  });

  it('throws its own error classes', async () => {
    const ask = (content: string, model = 'sandbox/small') =>
      gateway.client().chat.completions.create({ model, messages: [{ role: 'user', content }] });
    await expect(ask('hi', 'nobody/none')).rejects.toBeInstanceOf(NotFoundError);
    await expect(ask('[[status:500]]')).rejects.toMatchObject({
      status: 502,
      code: 'upstream_error',
    });
    await expect(ask('[[status:503]]')).rejects.toBeInstanceOf(InternalServerError);
    await expect(ask('[[status:401]]')).rejects.toMatchObject({
      status: 502,
      code: 'upstream_unauthorized',
    });
    await expect(ask('[[status:429 retry-after:7]]')).rejects.toSatisfy(
      (error) => error instanceof RateLimitError && error.headers?.get('retry-after') === '7',
    );
    await expect(ask('[[status:400]]')).rejects.toBeInstanceOf(BadRequestError);
    await expect(ask('[[status:504]]')).rejects.toMatchObject({
      status: 504,
      code: 'upstream_timeout',
    });
    gateway.setPolicy({ modelRestrictions: { enabled: true, allowedModels: ['test/*'] } });
    await expect(ask('hi')).rejects.toBeInstanceOf(PermissionDeniedError);
    const stranger = new OpenAI({
      apiKey: 'rg_nobody',
      baseURL: `${gateway.url}/v1`,
      maxRetries: 0,
    });
    await expect(stranger.models.list()).rejects.toBeInstanceOf(AuthenticationError);
  });

  it('retries what may pass and leaves alone what will not', async () => {
    const tries = async (status: number) => {
      const before = gateway.sandbox.stats().received;
      const client = gateway.client({ maxRetries: 1 });
      await client.chat.completions
        .create({
          model: 'sandbox/small',
          messages: [{ role: 'user', content: `[[status:${status}]]` }],
        })
        .catch(() => undefined);
      return gateway.sandbox.stats().received - before;
    };
    expect(await tries(503)).toBe(2);
    expect(await tries(401)).toBe(1);
    expect(await tries(400)).toBe(1);
  });

  it('reads an error inside a stream that has begun', async () => {
    const stream = await gateway.client().chat.completions.create({
      model: 'sandbox/small',
      messages: [{ role: 'user', content: '[[drop-after:3]] tell me a long story' }],
      stream: true,
    });
    let chunks = 0;
    const reading = (async () => {
      for await (const chunk of stream) if (chunk.choices[0]?.delta.content) chunks += 1;
    })();
    await expect(reading).rejects.toMatchObject({ code: 'upstream_error' });
    expect(chunks).toBe(3);
  });
});
