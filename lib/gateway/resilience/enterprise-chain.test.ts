import type OpenAI from 'openai';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { defaultPoliciesForTier } from '@/lib/policy/tiers';
import {
  ANTHROPIC,
  answerJson,
  answerSse,
  GEMINI,
  sse,
} from '../providers/testing/provider-answers';
import { routedGateway, type RoutedGateway } from '../testing/routed-gateway';
import { sendCompletion, type UpstreamHandler } from '../testing/test-upstream';

let gateway: RoutedGateway;
beforeAll(async () => {
  gateway = await routedGateway({
    policy: defaultPoliciesForTier('enterprise'),
    connections: {
      openai: { kind: 'openai', models: ['gpt-4o'] },
      anthropic: { kind: 'anthropic', models: ['claude-3-5-sonnet'] },
      gemini: { kind: 'gemini', models: ['gemini-pro'] },
    },
  });
});
afterAll(() => gateway.close());

const WEATHER: OpenAI.ChatCompletionTool = {
  type: 'function',
  function: {
    name: 'get_weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};

const fails: UpstreamHandler = ({ response }) => {
  response.writeHead(503, { 'content-type': 'application/json' });
  response.end('{"error":{"message":"overloaded"}}');
};
const callsForRome: UpstreamHandler = ({ response }) =>
  answerJson({
    ...ANTHROPIC,
    content: [{ type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { city: 'Rome' } }],
    stop_reason: 'tool_use',
  })(response);
const says =
  (text: string): UpstreamHandler =>
  ({ response }) => {
    const candidates = [
      { content: { role: 'model', parts: [{ text }] }, finishReason: 'STOP', index: 0 },
    ];
    answerSse(sse([{ ...GEMINI, candidates }]))(response);
  };

/** What an upstream was last sent. */
const sent = (name: string): unknown => gateway.upstreams[name]!.requests.at(-1)?.request;

it("carries one tool-call conversation down the enterprise tier's chain, across three wire formats", async () => {
  const { openai, anthropic, gemini } = gateway.upstreams;
  const client = gateway.client();
  const messages: OpenAI.ChatCompletionMessageParam[] = [
    { role: 'user', content: 'Is it warmer in Oslo or in Rome?' },
  ];
  const request = { model: 'openai/gpt-4o', tools: [WEATHER], messages };

  // OpenAI is well and calls the tool.
  openai!.answer(({ response }) =>
    sendCompletion(response, {
      content: null,
      toolCalls: [{ name: 'get_weather', arguments: '{"city":"Oslo"}' }],
    }),
  );
  const first = await client.chat.completions.create(request).withResponse();
  expect(first.response.headers.get('x-rolegate-provider')).toBe('openai');
  const oslo = first.data.choices[0]!.message;
  messages.push(oslo, {
    role: 'tool',
    tool_call_id: oslo.tool_calls![0]!.id,
    content: '3 degrees',
  });

  // OpenAI fails for good; Anthropic gets the conversation in its own format and calls the tool again.
  openai!.answer(fails);
  anthropic!.answer(callsForRome);
  const second = await client.chat.completions.create(request).withResponse();
  expect(second.response.headers.get('x-rolegate-provider')).toBe('anthropic');
  expect(second.response.headers.get('x-rolegate-attempts')).toBe('5');
  expect(sent('anthropic')).toMatchObject({
    model: 'claude-3-5-sonnet',
    messages: [
      { role: 'user' },
      { role: 'assistant', content: [{ type: 'tool_use', input: { city: 'Oslo' } }] },
      { role: 'user', content: [{ type: 'tool_result', content: '3 degrees' }] },
    ],
  });
  const rome = second.data.choices[0]!.message;
  expect(rome.tool_calls).toMatchObject([
    { id: 'toolu_1', function: { name: 'get_weather', arguments: '{"city":"Rome"}' } },
  ]);
  messages.push(rome, { role: 'tool', tool_call_id: 'toolu_1', content: '21 degrees' });

  // Anthropic fails too; Gemini gets all of it and answers, as a stream this time.
  anthropic!.answer(fails);
  gemini!.answer(says('Rome is warmer.'));
  const third = await client.chat.completions.create({ ...request, stream: true }).withResponse();
  expect(third.response.headers.get('x-rolegate-provider')).toBe('gemini');
  let text = '';
  for await (const chunk of third.data) text += chunk.choices[0]?.delta.content ?? '';
  expect(text).toBe('Rome is warmer.');
  expect(sent('gemini')).toMatchObject({
    contents: [
      { role: 'user' },
      { role: 'model', parts: [{ functionCall: { name: 'get_weather', args: { city: 'Oslo' } } }] },
      { role: 'user', parts: [{ functionResponse: { name: 'get_weather' } }] },
      { role: 'model', parts: [{ functionCall: { name: 'get_weather', args: { city: 'Rome' } } }] },
      { role: 'user', parts: [{ functionResponse: { name: 'get_weather' } }] },
    ],
  });

  // The fifth failure in a row opened OpenAI's breaker: no retry followed it.
  const receipt = await gateway.receipt(third.response.headers.get('x-request-id'));
  expect(receipt.attempts.map(({ provider, code }) => `${provider} ${code}`)).toEqual([
    'openai status_503',
    ...Array(4).fill('anthropic status_503'),
    'gemini ok',
  ]);
  expect(receipt.attempts[0]!.next).toContain('the circuit breaker has opened');
  expect(receipt.route.order).toEqual([
    'openai/gpt-4o',
    'anthropic/claude-3-5-sonnet',
    'gemini/gemini-pro',
  ]);
});
