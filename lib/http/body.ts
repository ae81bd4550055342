import { AppError } from '@/lib/errors/app-error';

/** The largest document of the admin API is a policy; two mebibytes hold one with every list full. */
export const MAX_BODY_BYTES = 2 * 1024 * 1024;

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json(?:\s*;|\s*$)/i;

/**
 * Reads a request's JSON, counting bytes while they arrive, so that an oversized body is neither
 * buffered nor waited for. Resolves with undefined when there is no body at all.
 * @throws AppError request_too_large, unsupported_media_type or invalid_json
 */
export async function readJson(request: Request, maxBytes = MAX_BODY_BYTES): Promise<unknown> {
  const text = await readText(request, maxBytes);
  if (text === '') return undefined;
  if (!JSON_TYPE.test(request.headers.get('content-type')?.trim() ?? '')) {
    throw new AppError(
      'unsupported_media_type',
      'Send the body as JSON, with content-type: application/json.',
    );
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AppError('invalid_json', `The body is not valid JSON: ${detail(cause)}.`, { cause });
  }
}

/**
 * Reads a body as UTF-8 text of at most `maxBytes`.
 * @throws AppError request_too_large or, for bytes that are not UTF-8, invalid_json
 */
export async function readText(request: Request, maxBytes: number): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes);
  if (!request.body) return '';
  const bytes = await readBytes(request.body, maxBytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError('invalid_json', 'The body is not valid UTF-8.', { cause });
  }
}

async function readBytes(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    // Leaving the loop cancels the stream: the rest is never read.
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(maxBytes: number): AppError {
  return new AppError(
    'request_too_large',
    `The body is larger than ${maxBytes.toLocaleString('en')} bytes. Send less at a time.`,
  );
}

/** V8 quotes the text around a fault, which may hold a secret: only the place is repeated. */
function detail(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : '';
  const place = /at position \d+(?: \(line \d+ column \d+\))?/.exec(message)?.[0];
  return place ? `a fault ${place}` : 'it ends early or holds something that is not JSON';
}
