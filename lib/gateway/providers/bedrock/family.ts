import { createAmazonBedrock } from '@ai-sdk/amazon-bedrock';
import { UpstreamError, type ChatRequest } from '@/lib/gateway/types';
import type { OwnOptions } from '../ai-sdk/call-options';
import { asJson, type Family } from '../ai-sdk/family';
import { reasoningEffort, THINKING_BUDGET } from '../ai-sdk/reasoning';
import { bedrockUsage } from '../ai-sdk/usage';
import { baseUrlOf } from '../openai/endpoints';
import { parseCredential, regionOf } from './credential';

/** Amazon Bedrock's Converse API, for all model families it serves. */
export const bedrock: Family = {
  optionsKey: 'bedrock',
  systemAnywhere: false,
  sendsReasoning: true,
  jsonWithoutSchema: false,
  streamType: /^application\/vnd\.amazon\.eventstream\b/i,
  model(connection, model, fetch) {
    const credential = parseCredential(connection.credential);
    if (credential === null) {
      throw new UpstreamError(
        'connect',
        'a Bedrock credential is accessKeyId:secretAccessKey, with :sessionToken or not, or a Bedrock API key',
      );
    }
    const baseURL = baseUrlOf(connection);
    // A blank key keeps the SDK from using one of the process environment, which is not the tenant's.
    const keys = 'apiKey' in credential ? credential : { ...credential, apiKey: ' ' };
    return createAmazonBedrock({ ...keys, region: regionOf(baseURL), baseURL, fetch })(model);
  },
  options: bedrockOptions,
  usage: bedrockUsage,
  isEnd: (raw) => asJson(raw).messageStop !== undefined,
};

function bedrockOptions(
  request: ChatRequest,
  _model: string,
  maxOutputTokens: number | undefined,
): OwnOptions {
  const effort = reasoningEffort(request.reasoning_effort);
  if (effort === null) return { providerOptions: {} };
  if (effort === 'none') return { providerOptions: { reasoningConfig: { type: 'disabled' } } };
  // The SDK adds the budget to the limit; OpenAI's limit includes reasoning.
  const limit = maxOutputTokens ?? Infinity;
  const budget = Math.min(THINKING_BUDGET[effort], Math.floor(limit / 2));
  if (budget < 1024) return { providerOptions: {} };
  const providerOptions = { reasoningConfig: { type: 'enabled', budgetTokens: budget } };
  return maxOutputTokens === undefined
    ? { providerOptions }
    : { providerOptions, maxOutputTokens: maxOutputTokens - budget };
}
