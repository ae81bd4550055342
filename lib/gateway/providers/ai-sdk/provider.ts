import type { Dispatcher } from 'undici';
import {
  UpstreamError,
  type ChatProvider,
  type UpstreamAnswer,
  type UpstreamCall,
} from '@/lib/gateway/types';
import { secretsOf } from '../http/scrub';
import { toCallOptions } from './call-options';
import { toCompletion } from './completion';
import type { Family } from './family';
import { sdkFetch } from './fetch';
import { sdkError } from './sdk-error';
import { ChunkStream } from './stream';

/**
 * A provider whose API is not OpenAI's, through the AI SDK's model of it. Only the SDK's translation is
 * used: connections, limits and errors are the gateway's, retries there are none.
 */
export function createAiSdkProvider(family: Family, dispatcher: Dispatcher): ChatProvider {
  return {
    async chat(call) {
      const secrets = secretsOf(call.target.connection);
      try {
        return await attempt(family, dispatcher, call, secrets);
      } catch (error) {
        throw sdkError(error, call.signal, secrets);
      }
    },
  };
}

async function attempt(
  family: Family,
  dispatcher: Dispatcher,
  { target, request, signal }: UpstreamCall,
  secrets: readonly string[],
): Promise<UpstreamAnswer> {
  const { connection, model: name } = target;
  // Without one the SDK would look for a key of the operator's in the process environment.
  if (connection.credential.trim() === '') {
    throw new UpstreamError('connect', 'the connection has no API key');
  }
  const streamed = request.stream === true;
  const streamType = streamed ? family.streamType : null;
  const fetch = sdkFetch({ dispatcher, signal, secrets, streamType });
  const model = family.model(connection, name, fetch);
  const options = { ...toCallOptions(request, name, family), abortSignal: signal };
  if (streamed) {
    const { stream } = await model.doStream(options);
    const chunks = new ChunkStream(stream, family, name, secrets, signal);
    return { stream: true, events: chunks.events(), usage: () => chunks.usage() };
  }
  const result = await model.doGenerate(options);
  const usage = family.usage(result.usage);
  if (family.isEmpty?.(result.response?.body) === true) {
    throw new UpstreamError('invalid', 'the provider answered without a choice', { usage });
  }
  return { stream: false, completion: toCompletion(result, name, usage), usage };
}
