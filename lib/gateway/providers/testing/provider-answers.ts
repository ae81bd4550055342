import { crc32 } from 'node:zlib';
import type { ServerResponse } from 'node:http';

/** Answers of providers of which there are no recordings, as their API references show them. */

export const sse = (events: readonly object[], named = false): string =>
  events
    .map((event) => {
      const name = named && 'type' in event ? `event: ${String(event.type)}\n` : '';
      return `${name}data: ${JSON.stringify(event)}\n\n`;
    })
    .join('');

/** A message of Amazon's event stream encoding: lengths, headers, payload and two checksums. */
export function bedrockEvent(type: string, payload: object, messageType = 'event'): Buffer {
  const headers = Buffer.concat(
    Object.entries({
      [messageType === 'event' ? ':event-type' : ':exception-type']: type,
      ':content-type': 'application/json',
      ':message-type': messageType,
    }).map(([name, value]) => {
      const text = Buffer.from(value);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(text.length);
      return Buffer.concat([Buffer.of(name.length), Buffer.from(name), Buffer.of(7), length, text]);
    }),
  );
  const body = Buffer.from(JSON.stringify(payload));
  const prelude = Buffer.alloc(8);
  prelude.writeUInt32BE(16 + headers.length + body.length, 0);
  prelude.writeUInt32BE(headers.length, 4);
  const checked = Buffer.concat([prelude, checksum(prelude), headers, body]);
  return Buffer.concat([checked, checksum(checked)]);
}

function checksum(data: Buffer): Buffer {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(data));
  return sum;
}

export const answerJson = (body: object) => (response: ServerResponse) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
export const answerSse = (text: string) => (response: ServerResponse) =>
  void response.writeHead(200, { 'content-type': 'text/event-stream' }).end(text);

export const ANTHROPIC = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-sonnet-4-5',
  content: [{ type: 'text', text: 'Hello' }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 10, output_tokens: 2 },
};

export const GEMINI = {
  candidates: [
    { content: { role: 'model', parts: [{ text: 'Hello' }] }, finishReason: 'STOP', index: 0 },
  ],
  usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 2, totalTokenCount: 12 },
  modelVersion: 'gemini-2.5-flash',
  responseId: 'r1',
};

export const MISTRAL = {
  id: 'm1',
  object: 'chat.completion',
  created: 1,
  model: 'mistral-large-latest',
  choices: [
    {
      index: 0,
      message: {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'AbCdEf123', function: { name: 'get_weather', arguments: '{"city":"Oslo"}' } },
        ],
      },
      finish_reason: 'tool_calls',
    },
  ],
  usage: {
    prompt_tokens: 20,
    completion_tokens: 7,
    total_tokens: 27,
    prompt_tokens_details: { cached_tokens: 5 },
  },
};

export const MISTRAL_STREAM = [
  {
    id: 'm2',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'mistral-large',
    choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }],
  },
  {
    id: 'm2',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'mistral-large',
    choices: [{ index: 0, delta: { content: 'Bon' }, finish_reason: null }],
  },
  {
    id: 'm2',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'mistral-large',
    choices: [{ index: 0, delta: { content: 'jour' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
  },
];

export const COHERE = {
  id: 'c1',
  generation_id: 'c1',
  finish_reason: 'COMPLETE',
  message: { role: 'assistant', content: [{ type: 'text', text: 'Hello' }] },
  usage: {
    billed_units: { input_tokens: 5, output_tokens: 2 },
    tokens: { input_tokens: 70, output_tokens: 2 },
  },
};

export const COHERE_STREAM = [
  { type: 'message-start', id: 'c2', delta: { message: { role: 'assistant' } } },
  {
    type: 'tool-call-start',
    index: 0,
    delta: {
      message: {
        tool_calls: {
          id: 'get_weather_1',
          type: 'function',
          function: { name: 'get_weather', arguments: '' },
        },
      },
    },
  },
  {
    type: 'tool-call-delta',
    index: 0,
    delta: { message: { tool_calls: { function: { arguments: '{"city":' } } } },
  },
  {
    type: 'tool-call-delta',
    index: 0,
    delta: { message: { tool_calls: { function: { arguments: '"Oslo"}' } } } },
  },
  { type: 'tool-call-end', index: 0 },
  {
    type: 'tool-call-start',
    index: 1,
    delta: {
      message: {
        tool_calls: {
          id: 'get_time_2',
          type: 'function',
          function: { name: 'get_time', arguments: '' },
        },
      },
    },
  },
  { type: 'tool-call-end', index: 1 },
  { type: 'message-end', delta: { finish_reason: 'TOOL_CALL', usage: COHERE.usage } },
];

export const BEDROCK = {
  output: {
    message: {
      role: 'assistant',
      content: [
        { text: 'Let me see.' },
        { toolUse: { toolUseId: 'tooluse_1', name: 'get_weather', input: { city: 'Oslo' } } },
      ],
    },
  },
  stopReason: 'tool_use',
  usage: {
    inputTokens: 10,
    outputTokens: 20,
    totalTokens: 60,
    cacheReadInputTokens: 20,
    cacheWriteInputTokens: 10,
  },
};

export const BEDROCK_STREAM: Buffer[] = [
  bedrockEvent('messageStart', { role: 'assistant' }),
  bedrockEvent('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Hel' } }),
  bedrockEvent('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'lo' } }),
  bedrockEvent('contentBlockStop', { contentBlockIndex: 0 }),
  bedrockEvent('contentBlockStart', {
    contentBlockIndex: 1,
    start: { toolUse: { toolUseId: 't1', name: 'get_weather' } },
  }),
  bedrockEvent('contentBlockDelta', {
    contentBlockIndex: 1,
    delta: { toolUse: { input: '{"city":"Oslo"}' } },
  }),
  bedrockEvent('contentBlockStop', { contentBlockIndex: 1 }),
  bedrockEvent('messageStop', { stopReason: 'tool_use' }),
  bedrockEvent('metadata', {
    usage: { inputTokens: 7, outputTokens: 3, totalTokens: 10 },
    metrics: { latencyMs: 1 },
  }),
];
