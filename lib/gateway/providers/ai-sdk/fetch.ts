import type { FetchFunction } from '@ai-sdk/provider-utils';
import type { Dispatcher } from 'undici';
import { UpstreamError } from '@/lib/gateway/types';
import {
  exchange,
  expectContentType,
  JSON_TYPE,
  MAX_ANSWER_BYTES,
  type Exchange,
} from '../http/exchange';
import { MAX_EVENT_BYTES } from '../http/sse';

export type SdkFetchOptions = {
  dispatcher: Dispatcher;
  signal: AbortSignal;
  secrets: readonly string[];
  /** What a stream's content type must be; null when a whole answer is expected. */
  streamType: RegExp | null;
};

/**
 * `fetch` for the AI SDK's providers over our own exchange: the guarded connections, the error mapping
 * and the limits are the same as for every other provider, and the SDK sees successful answers only.
 */
export function sdkFetch(options: SdkFetchOptions): FetchFunction {
  const { dispatcher, signal, secrets, streamType } = options;
  return async (input, init) => {
    if (input instanceof Request) throw new TypeError('a request is sent by its URL');
    const answer = await exchange({
      dispatcher,
      url: String(input),
      method: init?.method === 'GET' ? 'GET' : 'POST',
      headers: Object.fromEntries(new Headers(init?.headers)),
      body: bodyOf(init?.body),
      signal,
      secrets,
    });
    if (streamType === null) await expectContentType(answer, JSON_TYPE, 'JSON', secrets);
    else await expectContentType(answer, streamType, 'an event stream', secrets);
    const limited = limit(answer, streamType);
    return new Response(toStream(limited, answer), {
      status: answer.status,
      headers: headersOf(answer),
    });
  };
}

function limit(answer: Exchange, streamType: RegExp | null): AsyncGenerator<Buffer> {
  if (streamType === null) return limitWhole(answer);
  return streamType.test('text/event-stream') ? limitEvents(answer) : limitFrames(answer);
}

function bodyOf(body: BodyInit | null | undefined): string | Uint8Array | null {
  if (body === null || body === undefined) return null;
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  throw new TypeError('a request body is text or bytes');
}

function headersOf({ headers }: Exchange): Headers {
  const all = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined) all.append(name, each);
    }
  }
  return all;
}

async function* limitWhole({ body }: Exchange): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) throw tooLong('answer', MAX_ANSWER_BYTES);
    yield chunk;
  }
}

/** Refuses a stream of text events in which no line ends for 8 MiB. */
async function* limitEvents({ body }: Exchange): AsyncGenerator<Buffer> {
  let sinceLineEnd = 0;
  for await (const chunk of body) {
    const end = chunk.lastIndexOf(0x0a);
    sinceLineEnd = end < 0 ? sinceLineEnd + chunk.length : chunk.length - end - 1;
    if (sinceLineEnd > MAX_EVENT_BYTES) throw tooLong('event', MAX_EVENT_BYTES);
    yield chunk;
  }
}

/** Longest frame of Amazon's event stream encoding, by its specification. */
const MAX_FRAME_BYTES = 24 * 1024 * 1024;

/** Refuses a stream of binary frames that announces one longer than the format permits. */
async function* limitFrames({ body }: Exchange): AsyncGenerator<Buffer> {
  let prefix = Buffer.alloc(0);
  let left = 0;
  for await (const chunk of body) {
    for (let at = 0; at < chunk.length;) {
      if (left > 0) {
        const step = Math.min(left, chunk.length - at);
        left -= step;
        at += step;
        continue;
      }
      const more = chunk.subarray(at, at + 4 - prefix.length);
      prefix = Buffer.concat([prefix, more]);
      at += more.length;
      if (prefix.length < 4) break;
      const length = prefix.readUInt32BE(0);
      if (length > MAX_FRAME_BYTES || length < 16) throw tooLong('event', MAX_FRAME_BYTES);
      left = length - 4;
      prefix = Buffer.alloc(0);
    }
    yield chunk;
  }
}

function tooLong(what: string, limit: number): UpstreamError {
  return new UpstreamError('invalid', `an ${what} of the provider is longer than ${limit} bytes`);
}

function toStream(bytes: AsyncGenerator<Buffer>, answer: Exchange): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await bytes.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        answer.destroy();
        controller.error(error);
      }
    },
    cancel() {
      answer.destroy();
    },
  });
}
