import type {
  LanguageModelV3Message,
  LanguageModelV3Prompt,
  LanguageModelV3ToolResultPart,
  SharedV3ProviderOptions,
} from '@ai-sdk/provider';
import type { ChatMessage, ChatRequest, ToolCall } from '@/lib/gateway/types';
import { contentParts, textOf } from './content';
import { reasoningParts } from './reasoning';
import { cannotExpress } from './refuse';

/** What a provider wants of a conversation. */
export type PromptRules = {
  /** Key of the provider's own options in the AI SDK. */
  optionsKey: string;
  /** System messages may stand anywhere; otherwise all are moved to the front, in order. */
  systemAnywhere: boolean;
  /** Turns a foreign tool call id into one that the provider accepts. Must be a function of the id alone. */
  toolCallId?: (id: string) => string;
  /** Signed reasoning blocks of earlier answers are sent back. */
  sendsReasoning: boolean;
};

type AssistantContent = Extract<LanguageModelV3Message, { role: 'assistant' }>['content'];

/**
 * OpenAI's messages as the AI SDK's prompt. A conversation may come from any provider: tool calls and
 * their results are matched by id, legacy function calls get ids of their own, results that follow each
 * other become one turn.
 */
export function toPrompt(request: ChatRequest, rules: PromptRules): LanguageModelV3Prompt {
  const names = toolNames(request.messages);
  const idOf = rules.toolCallId ?? ((id: string) => id);
  const system: LanguageModelV3Message[] = [];
  const turns: LanguageModelV3Message[] = [];
  for (const [index, message] of request.messages.entries()) {
    const path = `messages.${index}.content`;
    switch (message.role) {
      case 'system':
      case 'developer': {
        const list = rules.systemAnywhere ? turns : system;
        list.push({ role: 'system', content: textOf(message.content), ...cached(message, rules) });
        break;
      }
      case 'user':
        turns.push({
          role: 'user',
          content: contentParts(message.content, path),
          ...cached(message, rules),
        });
        break;
      case 'assistant':
        turns.push({
          role: 'assistant',
          content: assistantContent(message, index, rules, idOf),
          ...cached(message, rules),
        });
        break;
      default:
        addToolResult(turns, toolResult(message, index, names, idOf));
    }
  }
  return [...system, ...turns];
}

/** Anthropic's prompt caching, as LiteLLM and OpenRouter carry it: `cache_control` on a message or its last part. */
function cached(
  message: ChatMessage,
  { optionsKey }: PromptRules,
): { providerOptions?: SharedV3ProviderOptions } {
  const last = Array.isArray(message.content) ? message.content.at(-1) : undefined;
  const control = message.cache_control ?? last?.cache_control;
  if (typeof control !== 'object' || control === null) return {};
  if (optionsKey === 'bedrock')
    return { providerOptions: { bedrock: { cachePoint: { type: 'default' } } } };
  const ttl = 'ttl' in control && control.ttl === '1h' ? { ttl: '1h' as const } : {};
  return { providerOptions: { [optionsKey]: { cacheControl: { type: 'ephemeral', ...ttl } } } };
}

function assistantContent(
  message: ChatMessage,
  index: number,
  rules: PromptRules,
  idOf: (id: string) => string,
): AssistantContent {
  const text = textOf(message.content);
  const calls = message.tool_calls ?? legacyCalls(message, index);
  return [
    ...(rules.sendsReasoning ? reasoningParts(message, rules.optionsKey) : []),
    ...(text === '' ? [] : [{ type: 'text' as const, text }]),
    ...calls.map((call) => ({
      type: 'tool-call' as const,
      toolCallId: idOf(call.id),
      toolName: call.function.name,
      input: parseArguments(call.function.arguments),
      ...signed(call, rules),
    })),
  ];
}

/** Gemini's signature of a call, where Google's own OpenAI-compatible API puts it. */
function signed(
  call: ToolCall,
  { optionsKey }: PromptRules,
): { providerOptions?: SharedV3ProviderOptions } {
  const extra = call.extra_content as { google?: { thought_signature?: unknown } } | undefined;
  const signature = extra?.google?.thought_signature;
  return optionsKey === 'google' && typeof signature === 'string'
    ? { providerOptions: { google: { thoughtSignature: signature } } }
    : {};
}

/** Arguments that were cut off or never were JSON are kept as text: the model must see what it wrote. */
function parseArguments(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : { value };
  } catch {
    return { invalid_json: text };
  }
}

function legacyCalls(message: ChatMessage, index: number): ToolCall[] {
  const call = message.function_call as { name?: unknown; arguments?: unknown } | null | undefined;
  if (typeof call?.name !== 'string') return [];
  const args = typeof call.arguments === 'string' ? call.arguments : '{}';
  return [
    { id: `call_${index}`, type: 'function', function: { name: call.name, arguments: args } },
  ];
}

function toolNames(messages: readonly ChatMessage[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { tool_calls } of messages) {
    for (const call of tool_calls ?? []) names.set(call.id, call.function.name);
  }
  return names;
}

function toolResult(
  message: ChatMessage,
  index: number,
  names: ReadonlyMap<string, string>,
  idOf: (id: string) => string,
): LanguageModelV3ToolResultPart {
  // A legacy function result answers the call just before it.
  const id = message.tool_call_id ?? `call_${index - 1}`;
  const name = names.get(id) ?? message.name;
  if (name === undefined) {
    throw cannotExpress(
      `messages.${index}.tool_call_id`,
      `no earlier assistant message calls a tool with the id ${JSON.stringify(id)}`,
    );
  }
  return {
    type: 'tool-result',
    toolCallId: idOf(id),
    toolName: name,
    output: toolOutput(message, index),
  };
}

function toolOutput(message: ChatMessage, index: number): LanguageModelV3ToolResultPart['output'] {
  const parts = contentParts(message.content, `messages.${index}.content`);
  if (parts.every((part) => part.type === 'text')) {
    return { type: 'text', value: parts.map(({ text }) => text).join('') };
  }
  const value = parts.map((part) => {
    if (part.type === 'text') return { type: 'text' as const, text: part.text };
    if (typeof part.data === 'string') {
      return { type: 'image-data' as const, data: part.data, mediaType: part.mediaType };
    }
    // The SDK would download it; nothing but the provider may fetch what a message points to.
    throw cannotExpress(
      `messages.${index}.content`,
      'an image in a tool result must be a data: URL',
    );
  });
  return { type: 'content', value };
}

function addToolResult(
  turns: LanguageModelV3Message[],
  result: LanguageModelV3ToolResultPart,
): void {
  const last = turns.at(-1);
  if (last?.role === 'tool') last.content.push(result);
  else turns.push({ role: 'tool', content: [result] });
}
