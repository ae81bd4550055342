import { createAnthropic } from '@ai-sdk/anthropic';
import { getModelCapabilities } from '@ai-sdk/anthropic/internal';
import type { JSONObject } from '@ai-sdk/provider';
import type { ChatRequest } from '@/lib/gateway/types';
import type { OwnOptions } from '../ai-sdk/call-options';
import { asJson, type Family } from '../ai-sdk/family';
import { reasoningEffort, THINKING_BUDGET } from '../ai-sdk/reasoning';
import { anthropicUsage } from '../ai-sdk/usage';
import { EVENT_STREAM_TYPE } from '../http/exchange';
import { baseUrlOf } from '../openai/endpoints';

/**
 * Anthropic's Messages API. It demands a limit: without one in the request it is the model's own
 * maximum, 4096 for a model that is not known.
 */
export const anthropic: Family = {
  optionsKey: 'anthropic',
  systemAnywhere: false,
  sendsReasoning: true,
  jsonWithoutSchema: false,
  streamType: EVENT_STREAM_TYPE,
  model: (connection, model, fetch) =>
    createAnthropic({
      apiKey: connection.credential,
      baseURL: baseUrlOf(connection),
      fetch,
    })(model),
  options: anthropicOptions,
  usage: anthropicUsage,
  isEnd: (raw) => asJson(raw).type === 'message_stop',
};

/** Most output tokens of a request that names no limit. */
export function anthropicMaxOutputTokens(model: string): number {
  return getModelCapabilities(model).maxOutputTokens;
}

function anthropicOptions(
  request: ChatRequest,
  model: string,
  maxOutputTokens: number | undefined,
): OwnOptions {
  const base: JSONObject = {
    // Eager streaming may deliver tool arguments that are not JSON.
    toolStreaming: false,
    ...(request.parallel_tool_calls === false ? { disableParallelToolUse: true } : {}),
    ...(typeof request.user === 'string' ? { metadata: { userId: request.user } } : {}),
  };
  const limit = maxOutputTokens ?? anthropicMaxOutputTokens(model);
  const { thinking, effort, thinkingTokens } = thinkingOf(request, model, limit);
  const providerOptions = {
    ...base,
    ...(thinking === null ? {} : { thinking }),
    ...(effort === null ? {} : { effort }),
  };
  // The SDK adds the thinking budget to the limit; OpenAI's limit includes reasoning.
  return {
    providerOptions,
    ...(thinkingTokens > 0 ? { maxOutputTokens: limit - thinkingTokens } : {}),
  };
}

type Thinking = { thinking: JSONObject | null; effort: string | null; thinkingTokens: number };

const NO_THINKING: Thinking = { thinking: null, effort: null, thinkingTokens: 0 };
const LEAST_BUDGET = 1024;
// From Claude Opus 4.6 on the model decides how much to think, guided by an effort.
const ADAPTIVE = /claude-(opus-(4-[6-9]|[5-9])|sonnet-(4-6|[5-9])|haiku-[5-9]|fable)/;

/**
 * `thinking` as Anthropic words it (LiteLLM passes it on, too), else OpenAI's `reasoning_effort`. A
 * budget is never more than half the limit, and there is none when an earlier tool call has lost the
 * signed thoughts it was made with, which Anthropic would refuse.
 */
function thinkingOf(request: ChatRequest, model: string, limit: number): Thinking {
  const own = asJson(request.thinking);
  const effort = reasoningEffort(request.reasoning_effort);
  if (own.type === 'disabled' || effort === 'none') {
    return { ...NO_THINKING, thinking: { type: 'disabled' } };
  }
  if (
    own.type === 'adaptive' ||
    (effort !== null && own.type === undefined && ADAPTIVE.test(model))
  ) {
    const level = effort === 'minimal' ? 'low' : effort;
    return { ...NO_THINKING, thinking: { type: 'adaptive' }, effort: level };
  }
  const wanted =
    own.type === 'enabled' && typeof own.budget_tokens === 'number'
      ? own.budget_tokens
      : effort === null
        ? 0
        : THINKING_BUDGET[effort];
  const budget = Math.min(wanted, Math.floor(limit / 2));
  if (budget < LEAST_BUDGET || lostItsThoughts(request)) return NO_THINKING;
  return {
    thinking: { type: 'enabled', budgetTokens: budget },
    effort: null,
    thinkingTokens: budget,
  };
}

function lostItsThoughts({ messages }: ChatRequest): boolean {
  const lastUser = messages.findLastIndex(({ role }) => role === 'user');
  return messages
    .slice(lastUser + 1)
    .some(({ tool_calls, thinking_blocks }) => tool_calls && !Array.isArray(thinking_blocks));
}
