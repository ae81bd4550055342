import type { Gist } from './openai-wire';
import type { Recording } from './recordings';

/**
 * What a recorded answer says, read straight off the provider's wire format. Knows nothing of the
 * adapters: it is what they are judged by.
 */
export type Expected = Gist & {
  usage: {
    input: number;
    cached: number;
    cacheWrite: number;
    output: number;
    reasoning: number;
  } | null;
};

type Json = Record<string, unknown>;
const object = (value: unknown): Json => (value ?? {}) as Json;
const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
const string = (value: unknown): string => (typeof value === 'string' ? value : '');

export function expectedOf(recording: Recording): Expected {
  switch (recording.kind) {
    case 'openai.chat':
      return recording.stream ? openaiStream(events(recording)) : openaiWhole(whole(recording));
    case 'anthropic.messages':
      return recording.stream
        ? anthropicStream(events(recording))
        : anthropicWhole(whole(recording));
    default:
      return gemini(recording.stream ? events(recording) : [whole(recording)]);
  }
}

function whole({ response }: Recording): Json {
  return object(JSON.parse(response.toString('utf8')));
}

function events({ response }: Recording): Json[] {
  return [...response.toString('utf8').matchAll(/^data: ?(.*)$/gm)]
    .map(([, data = '']) => data.trim())
    .filter((data) => data !== '' && data !== '[DONE]')
    .map((data) => object(JSON.parse(data)));
}

function openaiUsage(value: unknown): Expected['usage'] {
  if (!value) return null;
  const usage = object(value);
  return {
    input: number(usage.prompt_tokens),
    cached: number(object(usage.prompt_tokens_details).cached_tokens),
    cacheWrite: 0,
    output: number(usage.completion_tokens),
    reasoning: number(object(usage.completion_tokens_details).reasoning_tokens),
  };
}

function openaiWhole(body: Json): Expected {
  const choice = object(list(body.choices)[0]);
  const message = object(choice.message);
  return {
    text: string(message.content),
    toolCalls: list(message.tool_calls).map((call) => ({
      id: string(call.id),
      name: string(object(call.function).name),
      arguments: JSON.parse(string(object(call.function).arguments)),
    })),
    finishReason: string(choice.finish_reason),
    usage: openaiUsage(body.usage),
  };
}

function openaiStream(chunks: Json[]): Expected {
  const choices = chunks.flatMap(({ choices: all }) => list(all));
  const deltas = choices.map(({ delta }) => object(delta));
  const calls: { id: string; name: string; text: string }[] = [];
  for (const call of deltas.flatMap((delta) => list(delta.tool_calls))) {
    const known = (calls[number(call.index)] ??= { id: '', name: '', text: '' });
    known.id ||= string(call.id);
    known.name ||= string(object(call.function).name);
    known.text += string(object(call.function).arguments);
  }
  return {
    text: deltas.map(({ content }) => string(content)).join(''),
    toolCalls: calls.map(({ id, name, text }) => ({ id, name, arguments: JSON.parse(text) })),
    finishReason: choices.map(({ finish_reason }) => string(finish_reason)).find(Boolean) ?? null,
    usage: openaiUsage(chunks.map(({ usage }) => usage).find(Boolean)),
  };
}

function anthropicUsage(usage: Json): Expected['usage'] {
  const cached = number(usage.cache_read_input_tokens);
  const cacheWrite = number(usage.cache_creation_input_tokens);
  return {
    input: number(usage.input_tokens) + cached + cacheWrite,
    cached,
    cacheWrite,
    output: number(usage.output_tokens),
    reasoning: number(object(usage.output_tokens_details).thinking_tokens),
  };
}

const ANTHROPIC_REASONS: Record<string, string> = {
  end_turn: 'stop',
  tool_use: 'tool_calls',
  max_tokens: 'length',
  stop_sequence: 'stop',
};

function anthropicWhole(body: Json): Expected {
  const blocks = list(body.content);
  return {
    text: blocks
      .filter(({ type }) => type === 'text')
      .map(({ text }) => string(text))
      .join(''),
    toolCalls: blocks
      .filter(({ type }) => type === 'tool_use')
      .map(({ id, name, input }) => ({ id: string(id), name: string(name), arguments: input })),
    finishReason: ANTHROPIC_REASONS[string(body.stop_reason)] ?? null,
    usage: anthropicUsage(object(body.usage)),
  };
}

function anthropicStream(chunks: Json[]): Expected {
  const blocks: Json[] = [];
  let usage: Json = {};
  let stopReason = '';
  for (const chunk of chunks) {
    if (chunk.type === 'message_start') usage = { ...object(object(chunk.message).usage) };
    if (chunk.type === 'content_block_start') {
      blocks[number(chunk.index)] = { ...object(chunk.content_block), json: '' };
    }
    if (chunk.type === 'content_block_delta') {
      const block = object(blocks[number(chunk.index)]);
      const delta = object(chunk.delta);
      block.text = string(block.text) + string(delta.text);
      block.json = string(block.json) + string(delta.partial_json);
    }
    if (chunk.type === 'message_delta') {
      usage = { ...usage, ...object(chunk.usage) };
      stopReason = string(object(chunk.delta).stop_reason) || stopReason;
    }
  }
  const content = blocks.map((block) =>
    block.type === 'tool_use' ? { ...block, input: JSON.parse(string(block.json) || '{}') } : block,
  );
  return anthropicWhole({ content, stop_reason: stopReason, usage });
}

const GEMINI_REASONS: Record<string, string> = { STOP: 'stop', MAX_TOKENS: 'length' };

function gemini(chunks: Json[]): Expected {
  const candidates = chunks.flatMap((chunk) => list(chunk.candidates).slice(0, 1));
  const parts = candidates.flatMap(({ content }) => list(object(content).parts));
  const toolCalls = parts
    .filter(({ functionCall }) => functionCall)
    .map(({ functionCall }) => object(functionCall))
    .map(({ id, name, args }) => ({ id: string(id), name: string(name), arguments: args ?? {} }));
  const usage = object(chunks.map(({ usageMetadata }) => usageMetadata).findLast(Boolean));
  const reason = candidates.map(({ finishReason }) => string(finishReason)).findLast(Boolean) ?? '';
  const reasoning = number(usage.thoughtsTokenCount);
  return {
    text: parts
      .filter(({ thought, text }) => thought !== true && typeof text === 'string')
      .map(({ text }) => string(text))
      .join(''),
    toolCalls,
    finishReason: toolCalls.length > 0 ? 'tool_calls' : (GEMINI_REASONS[reason] ?? 'stop'),
    usage: {
      input: number(usage.promptTokenCount) + number(usage.toolUsePromptTokenCount),
      cached: number(usage.cachedContentTokenCount),
      cacheWrite: 0,
      output: number(usage.candidatesTokenCount) + reasoning,
      reasoning,
    },
  };
}
