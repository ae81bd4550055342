import type { LanguageModelV3ReasoningPart, SharedV3ProviderMetadata } from '@ai-sdk/provider';
import type { ChatMessage } from '@/lib/gateway/types';

/**
 * Reasoning that a provider signs and wants back, in the shape LiteLLM gave it in OpenAI's messages:
 * `thinking_blocks`. The readable text alone is `reasoning_content`.
 */
export type ThinkingBlock =
  | { type: 'thinking'; thinking: string; signature: string }
  | { type: 'redacted_thinking'; data: string };

/** The signed block of a piece of reasoning, or null when the provider did not sign it. */
export function thinkingBlock(
  text: string,
  metadata: SharedV3ProviderMetadata | undefined,
): ThinkingBlock | null {
  const own = metadata?.anthropic ?? metadata?.bedrock;
  const redacted = own?.redactedData ?? own?.redactedContent;
  if (typeof redacted === 'string') return { type: 'redacted_thinking', data: redacted };
  const signature = own?.signature;
  return typeof signature === 'string' ? { type: 'thinking', thinking: text, signature } : null;
}

/** The signed blocks of an earlier answer as parts of the prompt. Others cannot be sent back. */
export function reasoningParts(
  message: ChatMessage,
  optionsKey: string,
): LanguageModelV3ReasoningPart[] {
  const blocks: unknown[] = Array.isArray(message.thinking_blocks) ? message.thinking_blocks : [];
  return blocks.flatMap((block): LanguageModelV3ReasoningPart[] => {
    if (!isThinkingBlock(block)) return [];
    const text = block.type === 'thinking' ? block.thinking : '';
    const options =
      block.type === 'thinking' ? { signature: block.signature } : { redactedData: block.data };
    return [{ type: 'reasoning', text, providerOptions: { [optionsKey]: options } }];
  });
}

function isThinkingBlock(value: unknown): value is ThinkingBlock {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  if (value.type === 'redacted_thinking') return 'data' in value && typeof value.data === 'string';
  return (
    value.type === 'thinking' &&
    'thinking' in value &&
    typeof value.thinking === 'string' &&
    'signature' in value &&
    typeof value.signature === 'string'
  );
}

/** OpenAI's `reasoning_effort`; null when the request does not say. */
export type ReasoningEffort = 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh';

const EFFORTS: readonly ReasoningEffort[] = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh'];

/** The value if it is one of OpenAI's efforts, else null. */
export function reasoningEffort(value: unknown): ReasoningEffort | null {
  return EFFORTS.find((effort) => effort === value) ?? null;
}

/** Tokens of thought for an effort, LiteLLM's numbers. */
export const THINKING_BUDGET: Readonly<Record<Exclude<ReasoningEffort, 'none'>, number>> = {
  minimal: 1024,
  low: 1024,
  medium: 2048,
  high: 4096,
  xhigh: 8192,
};
