import { createCohere } from '@ai-sdk/cohere';
import type { ChatRequest } from '@/lib/gateway/types';
import type { OwnOptions } from '../ai-sdk/call-options';
import { asJson, type Family } from '../ai-sdk/family';
import { reasoningEffort, THINKING_BUDGET } from '../ai-sdk/reasoning';
import { cohereUsage } from '../ai-sdk/usage';
import { EVENT_STREAM_TYPE } from '../http/exchange';
import { baseUrlOf } from '../openai/endpoints';

/** Cohere's Chat API, version 2. */
export const cohere: Family = {
  optionsKey: 'cohere',
  systemAnywhere: true,
  sendsReasoning: false,
  jsonWithoutSchema: true,
  streamType: EVENT_STREAM_TYPE,
  model: (connection, model, fetch) =>
    createCohere({ apiKey: connection.credential, baseURL: baseUrlOf(connection), fetch })(model),
  options: cohereOptions,
  usage: cohereUsage,
  isEnd: (raw) => asJson(raw).type === 'message-end',
};

function cohereOptions(request: ChatRequest): OwnOptions {
  const effort = reasoningEffort(request.reasoning_effort);
  if (effort === null) return { providerOptions: {} };
  if (effort === 'none') return { providerOptions: { thinking: { type: 'disabled' } } };
  const thinking = { type: 'enabled', tokenBudget: THINKING_BUDGET[effort] };
  return { providerOptions: { thinking } };
}
