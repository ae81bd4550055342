import { randomUUID } from 'node:crypto';
import type {
  LanguageModelV3Content,
  LanguageModelV3FinishReason,
  LanguageModelV3GenerateResult,
  LanguageModelV3ToolCall,
} from '@ai-sdk/provider';
import type { ChatCompletion, CompletionMessage, ToolCall, Usage } from '@/lib/gateway/types';
import { thinkingBlock, type ThinkingBlock } from './reasoning';
import { toOpenAIUsage } from './usage';

/** A whole answer of the AI SDK as OpenAI's completion. What a provider's own tools did is left out. */
export function toCompletion(
  result: LanguageModelV3GenerateResult,
  model: string,
  usage: Usage,
): ChatCompletion {
  const message = toMessage(result.content);
  return {
    id: result.response?.id ?? `chatcmpl-${randomUUID()}`,
    object: 'chat.completion',
    created: Math.floor((result.response?.timestamp?.getTime() ?? Date.now()) / 1000),
    model: result.response?.modelId ?? model,
    choices: [
      {
        index: 0,
        message,
        logprobs: null,
        finish_reason: finishReason(result.finishReason, message.tool_calls !== undefined),
      },
    ],
    usage: toOpenAIUsage(usage),
  };
}

function toMessage(content: readonly LanguageModelV3Content[]): CompletionMessage {
  let text = '';
  let reasoning = '';
  const calls: ToolCall[] = [];
  const blocks: ThinkingBlock[] = [];
  const images: object[] = [];
  for (const part of content) {
    if (part.type === 'text') text += part.text;
    else if (part.type === 'reasoning') {
      reasoning += part.text;
      const block = thinkingBlock(part.text, part.providerMetadata);
      if (block !== null) blocks.push(block);
    } else if (part.type === 'tool-call' && part.providerExecuted !== true) {
      calls.push(toToolCall(part));
    } else if (part.type === 'file') images.push(toImage(part, images.length));
  }
  return {
    role: 'assistant',
    content: text === '' && calls.length > 0 ? null : text,
    refusal: null,
    ...(reasoning === '' ? {} : { reasoning_content: reasoning }),
    ...(blocks.length === 0 ? {} : { thinking_blocks: blocks }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
    ...(images.length === 0 ? {} : { images }),
  };
}

function toToolCall(part: LanguageModelV3ToolCall): ToolCall {
  return {
    id: part.toolCallId,
    type: 'function',
    function: { name: part.toolName, arguments: part.input },
    ...thoughtSignature(part),
  };
}

/** Gemini's signature of a call, where Google's own OpenAI-compatible API puts it. */
export function thoughtSignature({
  providerMetadata,
}: Pick<LanguageModelV3ToolCall, 'providerMetadata'>): { extra_content?: object } {
  const signature = providerMetadata?.google?.thoughtSignature;
  return typeof signature === 'string'
    ? { extra_content: { google: { thought_signature: signature } } }
    : {};
}

/** A generated image in the shape OpenRouter and LiteLLM use. */
export function toImage(
  { data, mediaType }: { data: string | Uint8Array; mediaType: string },
  index: number,
): object {
  const base64 = typeof data === 'string' ? data : Buffer.from(data).toString('base64');
  return { type: 'image_url', index, image_url: { url: `data:${mediaType};base64,${base64}` } };
}

/** OpenAI knows four reasons; what is none of them counts as a normal stop. */
export function finishReason(
  { unified }: LanguageModelV3FinishReason,
  hasToolCalls: boolean,
): string {
  switch (unified) {
    case 'length':
      return 'length';
    case 'content-filter':
      return 'content_filter';
    default:
      return hasToolCalls ? 'tool_calls' : 'stop';
  }
}
