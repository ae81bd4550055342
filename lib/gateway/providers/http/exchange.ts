import { request, type Dispatcher } from 'undici';
import { UpstreamError } from '@/lib/gateway/types';
import { header, type Headers } from './retry-after';
import { errorInDisguise, parseOrNull, readFault, statusError } from './status-error';
import { abortError, transportError } from './transport-error';

/** Longest answer that is taken in whole. */
export const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
/** Enough of an error body to hold its message. */
const MAX_ERROR_BYTES = 256 * 1024;

export type ExchangeRequest = {
  dispatcher: Dispatcher;
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body: string | Uint8Array | null;
  signal: AbortSignal;
  /** Never to be seen in an error. */
  secrets: readonly string[];
};

export type Exchange = {
  status: number;
  headers: Headers;
  /** The body, chunk by chunk; throws UpstreamError. Ending the iteration early closes the socket. */
  body: AsyncIterable<Buffer>;
  /** Closes the socket, whatever is left unread. */
  destroy(): void;
};

/**
 * Sends one request and waits for a successful answer's headers. Throws UpstreamError: of kind `status`
 * for an HTTP error, `invalid` for a redirect, else what became of the connection.
 */
export async function exchange(options: ExchangeRequest): Promise<Exchange> {
  const { dispatcher, url, method, headers, body, signal, secrets } = options;
  if (signal.aborted) throw abortError(signal);
  let response: Dispatcher.ResponseData;
  try {
    response = await request(url, { dispatcher, method, headers, body, signal });
  } catch (error) {
    throw transportError(error, signal);
  }
  // Who reads the body sees its errors; a body that is thrown away must not bring the process down.
  response.body.on('error', () => undefined);
  const bytes = readBody(response.body, signal);
  if (response.statusCode >= 200 && response.statusCode < 300) {
    return {
      status: response.statusCode,
      headers: response.headers,
      body: bytes,
      destroy: () => void response.body.destroy(),
    };
  }
  if (response.statusCode < 400) {
    response.body.destroy();
    throw new UpstreamError(
      'invalid',
      'the provider answered with a redirect, which is not followed',
      {
        status: response.statusCode,
      },
    );
  }
  const text = await collect(bytes, MAX_ERROR_BYTES, 'cut');
  throw statusError(response.statusCode, response.headers, text.toString('utf8'), secrets);
}

async function* readBody(
  body: Dispatcher.ResponseData['body'],
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of body) {
      if (!Buffer.isBuffer(chunk)) throw new TypeError('a body comes as bytes');
      yield chunk;
    }
  } catch (error) {
    throw transportError(error, signal);
  }
}

/**
 * The whole of a body. One longer than `limit` bytes is `invalid` and is not read further, or is cut
 * off there when asked to.
 */
export async function collect(
  body: AsyncIterable<Buffer>,
  limit: number = MAX_ANSWER_BYTES,
  beyond: 'refuse' | 'cut' = 'refuse',
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size <= limit) continue;
    if (beyond === 'cut') break;
    throw new UpstreamError('invalid', `the provider's answer is longer than ${limit} bytes`);
  }
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, size);
}

/**
 * Throws `invalid` when the answer says it is something else than `expected`. An error object that came
 * instead of a stream is read, so that its message and code are not lost.
 */
export async function expectContentType(
  answer: Exchange,
  expected: RegExp,
  named: string,
  secrets: readonly string[],
): Promise<void> {
  const type = header(answer.headers, 'content-type');
  if (type === null || expected.test(type)) return;
  try {
    if (JSON_TYPE.test(type)) {
      const body = await collect(answer.body, MAX_ERROR_BYTES, 'cut');
      const fault = readFault(parseOrNull(body.toString('utf8')));
      if (fault !== null) throw errorInDisguise(fault, secrets);
    }
    const shown = type.split(';')[0]?.slice(0, 60) ?? '';
    throw new UpstreamError('invalid', `the provider answered with ${shown} instead of ${named}`);
  } finally {
    answer.destroy();
  }
}

export const JSON_TYPE = /^application\/([\w.+-]+\+)?json\b/i;
export const EVENT_STREAM_TYPE = /^text\/event-stream\b/i;
