import type { Dispatcher } from 'undici';
import type { ChatProvider, UpstreamAnswer, UpstreamCall } from '@/lib/gateway/types';
import {
  collect,
  EVENT_STREAM_TYPE,
  exchange,
  expectContentType,
  JSON_TYPE,
  type Exchange,
} from '../http/exchange';
import { secretsOf } from '../http/scrub';
import { parseCompletion } from './completion';
import type { Dialect } from './endpoints';
import { OpenAIStream } from './stream';
import { usageFromOpenAI } from './usage';

/**
 * A provider that speaks OpenAI's chat completions. The request goes out as it came in, unknown fields
 * included, but for `model` and, when streaming, `stream_options.include_usage`, which is always on so
 * that every stream is accounted for. The answer's bytes are kept as they came.
 */
export function createOpenAIProvider(dialect: Dialect, dispatcher: Dispatcher): ChatProvider {
  return {
    async chat(call) {
      const { connection, model } = call.target;
      const endpoint = dialect.chat(connection, model);
      const secrets = secretsOf(connection);
      const answer = await exchange({
        dispatcher,
        url: endpoint.url,
        method: 'POST',
        headers: { ...endpoint.headers, ...requestHeaders(call) },
        body: JSON.stringify(upstreamRequest(call)),
        signal: call.signal,
        secrets,
      });
      return call.request.stream === true ? streamed(answer, secrets) : whole(answer, secrets);
    },
  };
}

function requestHeaders({ request }: UpstreamCall): Record<string, string> {
  return {
    'content-type': 'application/json',
    accept: request.stream === true ? 'text/event-stream' : 'application/json',
    'user-agent': 'rolegate',
  };
}

function upstreamRequest({ request, target }: UpstreamCall): object {
  if (request.stream !== true) return { ...request, model: target.model };
  const stream_options = { ...request.stream_options, include_usage: true };
  return { ...request, model: target.model, stream_options };
}

async function whole(answer: Exchange, secrets: readonly string[]): Promise<UpstreamAnswer> {
  try {
    await expectContentType(answer, JSON_TYPE, 'JSON', secrets);
    const raw = await collect(answer.body);
    const completion = parseCompletion(raw.toString('utf8'), secrets);
    return { stream: false, completion, usage: usageFromOpenAI(completion.usage), raw };
  } catch (error) {
    answer.destroy();
    throw error;
  }
}

async function streamed(answer: Exchange, secrets: readonly string[]): Promise<UpstreamAnswer> {
  await expectContentType(answer, EVENT_STREAM_TYPE, 'an event stream', secrets);
  const stream = new OpenAIStream(answer, secrets);
  return { stream: true, events: stream.events(), usage: () => stream.usage() };
}
