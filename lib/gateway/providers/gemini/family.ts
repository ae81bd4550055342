import { createGoogleGenerativeAI } from '@ai-sdk/google';
import type { ChatRequest } from '@/lib/gateway/types';
import type { OwnOptions } from '../ai-sdk/call-options';
import { asJson, type Family } from '../ai-sdk/family';
import { reasoningEffort, THINKING_BUDGET, type ReasoningEffort } from '../ai-sdk/reasoning';
import { geminiUsage } from '../ai-sdk/usage';
import { EVENT_STREAM_TYPE } from '../http/exchange';
import { baseUrlOf } from '../openai/endpoints';

/** Google's Gemini API (generativelanguage.googleapis.com). */
export const gemini: Family = {
  optionsKey: 'google',
  systemAnywhere: false,
  sendsReasoning: false,
  jsonWithoutSchema: true,
  streamType: EVENT_STREAM_TYPE,
  model: (connection, model, fetch) =>
    createGoogleGenerativeAI({
      apiKey: connection.credential,
      baseURL: baseUrlOf(connection),
      fetch,
    })(model),
  options: geminiOptions,
  usage: geminiUsage,
  isEnd(raw) {
    const { candidates, promptFeedback } = asJson(raw);
    const [first] = Array.isArray(candidates) ? candidates : [];
    const reason = asJson(first).finishReason;
    // CONTINUATION means that the SDK fetches the rest.
    if (typeof reason === 'string') return reason !== 'CONTINUATION';
    return isBlocked(promptFeedback);
  },
  isEmpty(raw) {
    const { candidates, promptFeedback } = asJson(raw);
    return !(Array.isArray(candidates) && candidates.length > 0) && !isBlocked(promptFeedback);
  },
};

/** A prompt that was refused is answered without candidates. */
function isBlocked(promptFeedback: unknown): boolean {
  return typeof asJson(promptFeedback).blockReason === 'string';
}

function geminiOptions(request: ChatRequest, model: string): OwnOptions {
  const effort = reasoningEffort(request.reasoning_effort);
  if (effort === null) return { providerOptions: {} };
  return { providerOptions: { thinkingConfig: thinkingConfig(effort, model) } };
}

/** Gemini 3 takes a level, 2.5 a budget of tokens, which for Pro cannot be nothing. */
function thinkingConfig(effort: ReasoningEffort, model: string) {
  if (/gemini-([3-9]|\d{2})/.test(model)) {
    const level = effort === 'none' ? 'minimal' : effort === 'xhigh' ? 'high' : effort;
    return { thinkingLevel: level, includeThoughts: effort !== 'none' };
  }
  if (effort === 'none') return { thinkingBudget: model.includes('pro') ? 128 : 0 };
  return { thinkingBudget: THINKING_BUDGET[effort], includeThoughts: true };
}
