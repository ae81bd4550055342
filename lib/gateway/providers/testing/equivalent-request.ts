import type { ChatMessage, ChatRequest, Tool } from '@/lib/gateway/types';
import type { Recording } from './recordings';

type Json = Record<string, unknown>;
const object = (value: unknown): Json => (value ?? {}) as Json;
const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const string = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * The request of a recording as an OpenAI client would have made it: system text, user text, tool calls
 * and their results, function tools. What OpenAI's format cannot say (a provider's own tools) is left out.
 */
export function equivalentRequest(recording: Recording): ChatRequest {
  const { request, stream } = recording;
  if (recording.kind === 'openai.chat') return request as unknown as ChatRequest;
  const converted =
    recording.kind === 'anthropic.messages' ? fromAnthropic(request) : fromGemini(request);
  const { messages, tools } = converted;
  return { messages, stream, ...(tools.length > 0 ? { tools } : {}) };
}

/** The texts that must reach the provider, whatever the translation looks like. */
export function textsOf({ messages }: ChatRequest): string[] {
  return messages.flatMap(({ content }) =>
    typeof content === 'string' && content ? [content] : [],
  );
}

type Converted = { messages: ChatMessage[]; tools: Tool[] };

function fromAnthropic(request: Json): Converted {
  const system =
    typeof request.system === 'string' ? request.system : textBlocks(list(request.system));
  const messages: ChatMessage[] = system === '' ? [] : [{ role: 'system', content: system }];
  for (const { role, content } of list(request.messages)) {
    const blocks = typeof content === 'string' ? [{ type: 'text', text: content }] : list(content);
    if (role === 'assistant') messages.push(...assistant(textBlocks(blocks), toolUses(blocks)));
    else {
      for (const block of blocks.filter(({ type }) => type === 'tool_result')) {
        const inner = block.content;
        const text = typeof inner === 'string' ? inner : textBlocks(list(inner));
        messages.push({ role: 'tool', tool_call_id: string(block.tool_use_id), content: text });
      }
      const text = textBlocks(blocks);
      if (text !== '') messages.push({ role: 'user', content: text });
    }
  }
  const tools = list(request.tools)
    .filter(({ type, input_schema }) => (type === undefined || type === 'custom') && input_schema)
    .map(({ name, description, input_schema }) => functionTool(name, description, input_schema));
  return { messages, tools };
}

function toolUses(blocks: Json[]): Json[] {
  return blocks
    .filter(({ type }) => type === 'tool_use')
    .map(({ id, name, input }) => ({ id, name, args: input }));
}

function fromGemini(request: Json): Converted {
  const instruction = object(request.systemInstruction);
  const system = list(instruction.parts)
    .map(({ text }) => string(text))
    .join('');
  const messages: ChatMessage[] = system === '' ? [] : [{ role: 'system', content: system }];
  for (const [index, { role, parts }] of list(request.contents).entries()) {
    const text = list(parts)
      .map((part) => string(part.text))
      .join('');
    const calls = list(parts).filter(({ functionCall }) => functionCall);
    const results = list(parts).filter(({ functionResponse }) => functionResponse);
    if (role === 'model') {
      const made = calls.map(({ functionCall }, nth) => ({
        id: `call_${index}_${nth}`,
        ...object(functionCall),
      }));
      messages.push(...assistant(text, made));
      continue;
    }
    const asked = messages.findLast(({ tool_calls }) => tool_calls)?.tool_calls ?? [];
    for (const [nth, { functionResponse }] of results.entries()) {
      const { name, response } = object(functionResponse);
      const id = asked[nth]?.id ?? '';
      messages.push({
        role: 'tool',
        tool_call_id: id,
        name: string(name),
        content: JSON.stringify(response),
      });
    }
    if (text !== '' || results.length === 0) messages.push({ role: 'user', content: text });
  }
  const tools = list(request.tools)
    .flatMap((tool) => list(tool.functionDeclarations ?? tool.function_declarations))
    .map((fn) =>
      functionTool(
        fn.name,
        fn.description,
        fn.parameters ?? fn.parametersJsonSchema ?? fn.parameters_json_schema,
      ),
    );
  return { messages, tools };
}

function assistant(text: string, calls: Json[]): ChatMessage[] {
  if (text === '' && calls.length === 0) return [];
  const tool_calls = calls.map(({ id, name, args }) => ({
    id: string(id),
    type: 'function' as const,
    function: { name: string(name), arguments: JSON.stringify(args ?? {}) },
  }));
  return [
    { role: 'assistant', content: text || null, ...(tool_calls.length > 0 ? { tool_calls } : {}) },
  ];
}

function textBlocks(blocks: Json[]): string {
  return blocks
    .filter(({ type }) => type === 'text')
    .map(({ text }) => string(text))
    .join('');
}

function functionTool(name: unknown, description: unknown, parameters: unknown): Tool {
  return {
    type: 'function',
    function: {
      name: string(name),
      description: string(description),
      ...(parameters ? { parameters } : {}),
    },
  };
}
