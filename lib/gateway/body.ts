import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { IncomingMessage } from 'node:http';
import { AppError } from '@/lib/errors/app-error';

/** Largest request body, compressed or not. */
export const MAX_BODY_BYTES = 10 * 1024 * 1024;

const inflate = {
  gzip: promisify(zlib.gunzip),
  'x-gzip': promisify(zlib.gunzip),
  deflate: promisify(zlib.inflate),
  br: promisify(zlib.brotliDecompress),
} as const;

/** Reads a body whole. Throws AppError `request_too_large` as soon as it is known to be over `limit` bytes. */
export type BodyReader = (limit: number) => Promise<Uint8Array>;

/** 413. @param limit in bytes */
export function tooLarge(limit = MAX_BODY_BYTES): AppError {
  return new AppError(
    'request_too_large',
    `The body is larger than ${limit / 1024 / 1024} MiB. Send a shorter conversation or smaller images.`,
  );
}

/** The connection broke while the body was still coming. */
function bodyAborted(cause?: unknown): AppError {
  return new AppError(
    'client_closed_request',
    'The client closed the connection before the body was complete.',
    {
      cause,
    },
  );
}

/** Refuses by `content-length` before a byte is read. */
function assertDeclaredLength(contentLength: string | null | undefined, limit: number): void {
  if (contentLength && Number(contentLength) > limit) throw tooLarge(limit);
}

/** A reader for `node:http`: event-driven, because an async iterator costs more than the parsing. */
export function nodeBodyReader(request: IncomingMessage, beforeReading?: () => void): BodyReader {
  return (limit) => {
    try {
      assertDeclaredLength(request.headers['content-length'], limit);
    } catch (error) {
      return Promise.reject(error as Error);
    }
    beforeReading?.();
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const settle = (done: () => void) => {
        request.off('data', onData).off('end', onEnd).off('error', onError).off('close', onClose);
        done();
      };
      const onData = (chunk: Buffer) => {
        size += chunk.byteLength;
        if (size > limit) settle(() => reject(tooLarge(limit)));
        else chunks.push(chunk);
      };
      const onEnd = () =>
        settle(() => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
      const onError = (cause: Error) => settle(() => reject(bodyAborted(cause)));
      const onClose = () => settle(() => reject(bodyAborted()));
      request.on('data', onData).on('end', onEnd).on('error', onError).on('close', onClose);
    });
  };
}

/** A reader for a Fetch API request. */
export function webBodyReader(request: Request): BodyReader {
  return async (limit) => {
    assertDeclaredLength(request.headers.get('content-length'), limit);
    if (!request.body) return new Uint8Array();
    const reader = request.body.getReader();
    const chunks: Uint8Array[] = [];
    let size = 0;
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw bodyAborted(cause);
      });
      if (done) return Buffer.concat(chunks);
      size += value.byteLength;
      if (size > limit) {
        // The rest is not wanted; a failure to say so changes nothing about the refusal.
        void reader.cancel().catch(() => undefined);
        throw tooLarge(limit);
      }
      chunks.push(value);
    }
  };
}

/**
 * Reads and decodes a JSON body: gzip, deflate and br are undone, whose result counts against the same limit.
 * @throws AppError `request_too_large`, `unsupported_media_type`, `invalid_request`, `client_closed_request`.
 */
export async function readJsonBody(
  read: BodyReader,
  headers: { contentType: string | undefined; contentEncoding: string | undefined },
  limit = MAX_BODY_BYTES,
): Promise<Uint8Array> {
  const charset = /charset\s*=\s*"?([^";\s]+)/i.exec(headers.contentType ?? '')?.[1];
  if (charset && !/^(utf-?8|us-ascii)$/i.test(charset)) {
    throw new AppError(
      'unsupported_media_type',
      'The charset of content-type is not supported. Send JSON in UTF-8.',
    );
  }
  const encoding = headers.contentEncoding?.trim().toLowerCase() ?? '';
  if (encoding === '' || encoding === 'identity') return read(limit);
  if (!Object.hasOwn(inflate, encoding)) {
    throw new AppError(
      'unsupported_media_type',
      'This content-encoding is not supported. Send the body uncompressed or as gzip, deflate or br.',
    );
  }
  return decompress(await read(limit), encoding as keyof typeof inflate, limit);
}

async function decompress(
  bytes: Uint8Array,
  encoding: keyof typeof inflate,
  limit: number,
): Promise<Uint8Array> {
  try {
    return await inflate[encoding](bytes, { maxOutputLength: limit });
  } catch (cause) {
    if (cause instanceof RangeError) throw tooLarge(limit);
    throw new AppError(
      'invalid_request',
      `The body is not valid ${encoding}. Check content-encoding.`,
      { cause },
    );
  }
}
