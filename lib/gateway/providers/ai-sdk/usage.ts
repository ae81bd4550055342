import type { LanguageModelV3Usage } from '@ai-sdk/provider';
import type { OpenAIUsage, Usage } from '@/lib/gateway/types';

type Json = Record<string, unknown>;

const json = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const count = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;

/** The AI SDK's usage where the provider adds nothing of its own. */
export function plainUsage({ inputTokens, outputTokens }: LanguageModelV3Usage): Usage {
  return {
    inputTokens: inputTokens.total ?? 0,
    cachedInputTokens: inputTokens.cacheRead ?? 0,
    cacheWrite5mTokens: inputTokens.cacheWrite ?? 0,
    cacheWrite1hTokens: 0,
    outputTokens: outputTokens.total ?? 0,
    reasoningTokens: outputTokens.reasoning ?? 0,
  };
}

/** Anthropic tells five-minute from one-hour cache writes, and bills web searches. */
export function anthropicUsage(usage: LanguageModelV3Usage): Usage {
  const plain = plainUsage(usage);
  const raw = json(usage.raw);
  const oneHour = count(json(raw.cache_creation).ephemeral_1h_input_tokens);
  return {
    ...plain,
    cacheWrite5mTokens: Math.max(0, plain.cacheWrite5mTokens - oneHour),
    cacheWrite1hTokens: oneHour,
    ...(count(json(raw.server_tool_use).web_search_requests) > 0
      ? { webSearches: count(json(raw.server_tool_use).web_search_requests) }
      : {}),
  };
}

/** Gemini bills tool-use prompts as input, and audio and images at their own rates. */
export function geminiUsage(usage: LanguageModelV3Usage): Usage {
  const plain = plainUsage(usage);
  const raw = json(usage.raw);
  const input = (modality: string): number =>
    ofModality(raw.promptTokensDetails, modality) +
    ofModality(raw.toolUsePromptTokensDetails, modality);
  const classes = {
    inputAudioTokens: input('AUDIO'),
    outputAudioTokens: ofModality(raw.candidatesTokensDetails, 'AUDIO'),
    cachedInputAudioTokens: ofModality(raw.cacheTokensDetails, 'AUDIO'),
    inputImageTokens: input('IMAGE') + input('DOCUMENT'),
    cachedInputImageTokens:
      ofModality(raw.cacheTokensDetails, 'IMAGE') + ofModality(raw.cacheTokensDetails, 'DOCUMENT'),
    outputImageTokens: ofModality(raw.candidatesTokensDetails, 'IMAGE'),
  };
  const reported = Object.fromEntries(Object.entries(classes).filter(([, tokens]) => tokens > 0));
  return {
    ...plain,
    inputTokens: plain.inputTokens + count(raw.toolUsePromptTokenCount),
    ...reported,
  };
}

function ofModality(details: unknown, modality: string): number {
  if (!Array.isArray(details)) return 0;
  return details
    .map(json)
    .filter((each) => each.modality === modality)
    .reduce((sum, each) => sum + count(each.tokenCount), 0);
}

/** Bedrock lists cache writes by their time to live. */
export function bedrockUsage(usage: LanguageModelV3Usage): Usage {
  const plain = plainUsage(usage);
  const details = json(usage.raw).cacheDetails;
  const oneHour = (Array.isArray(details) ? details : [])
    .map(json)
    .filter((each) => each.ttl === '1h')
    .reduce((sum, each) => sum + count(each.inputTokens), 0);
  return {
    ...plain,
    cacheWrite5mTokens: Math.max(0, plain.cacheWrite5mTokens - oneHour),
    cacheWrite1hTokens: oneHour,
  };
}

/** Cohere bills fewer tokens than it counts: its own preamble is free. The billed ones are used. */
export function cohereUsage(usage: LanguageModelV3Usage): Usage {
  const raw = json(usage.raw);
  const billed = json(raw.billed_units);
  const plain = plainUsage(usage);
  const isBilled = typeof billed.input_tokens === 'number';
  return {
    ...plain,
    inputTokens: isBilled ? count(billed.input_tokens) : plain.inputTokens,
    outputTokens: isBilled ? count(billed.output_tokens) : plain.outputTokens,
    cachedInputTokens: Math.min(count(raw.cached_tokens), count(billed.input_tokens)),
  };
}

/** Mistral's reasoning tokens are in the raw details only. */
export function mistralUsage(usage: LanguageModelV3Usage): Usage {
  const details = json(json(usage.raw).completion_tokens_details);
  return { ...plainUsage(usage), reasoningTokens: count(details.reasoning_tokens) };
}

/** Usage in OpenAI's wire format, cache writes under LiteLLM's name. */
export function toOpenAIUsage(usage: Usage): OpenAIUsage {
  const cacheWrites = usage.cacheWrite5mTokens + usage.cacheWrite1hTokens;
  return {
    prompt_tokens: usage.inputTokens,
    completion_tokens: usage.outputTokens,
    total_tokens: usage.inputTokens + usage.outputTokens,
    prompt_tokens_details: {
      cached_tokens: usage.cachedInputTokens,
      ...(cacheWrites > 0 ? { cache_creation_tokens: cacheWrites } : {}),
      ...(usage.inputAudioTokens ? { audio_tokens: usage.inputAudioTokens } : {}),
    },
    completion_tokens_details: {
      reasoning_tokens: usage.reasoningTokens,
      ...(usage.outputAudioTokens ? { audio_tokens: usage.outputAudioTokens } : {}),
    },
  };
}
