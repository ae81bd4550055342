import { createHash } from 'node:crypto';
import { createMistral } from '@ai-sdk/mistral';
import type { ChatRequest } from '@/lib/gateway/types';
import type { OwnOptions } from '../ai-sdk/call-options';
import { asJson, type Family } from '../ai-sdk/family';
import { mistralUsage } from '../ai-sdk/usage';
import { EVENT_STREAM_TYPE } from '../http/exchange';
import { baseUrlOf } from '../openai/endpoints';

/**
 * Mistral's chat API. It looks like OpenAI's but refuses unknown fields, names the seed differently,
 * takes only tool call ids of its own making and answers in content parts, so it is translated like the
 * others instead of passed through.
 */
export const mistral: Family = {
  optionsKey: 'mistral',
  systemAnywhere: true,
  sendsReasoning: false,
  jsonWithoutSchema: true,
  toolCallId: mistralToolCallId,
  streamType: EVENT_STREAM_TYPE,
  model: (connection, model, fetch) =>
    createMistral({ apiKey: connection.credential, baseURL: baseUrlOf(connection), fetch })(model),
  options: mistralOptions,
  usage: mistralUsage,
  isEnd(raw) {
    const { choices } = asJson(raw);
    const [first] = Array.isArray(choices) ? choices : [];
    return typeof asJson(first).finish_reason === 'string';
  },
};

/** Mistral wants exactly nine letters and digits; another provider's id becomes nine of its hash. */
export function mistralToolCallId(id: string): string {
  if (/^[a-zA-Z0-9]{9}$/.test(id)) return id;
  const hash = createHash('sha256').update(id).digest('base64');
  return hash.replace(/[^a-zA-Z0-9]/g, '').slice(0, 9);
}

function mistralOptions(request: ChatRequest): OwnOptions {
  const strict = asJson(asJson(request.response_format).json_schema).strict;
  return {
    providerOptions: {
      ...(typeof request.parallel_tool_calls === 'boolean'
        ? { parallelToolCalls: request.parallel_tool_calls }
        : {}),
      ...(strict === true ? { strictJsonSchema: true } : {}),
    },
  };
}
