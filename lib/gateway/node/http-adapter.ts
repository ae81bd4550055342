import type { IncomingMessage, ServerResponse } from 'node:http';
import { nodeBodyReader } from '../body';
import type { GatewayRequest } from '../call';
import type { GatewayReply } from '../reply';

/** Unread body that is still taken off the wire after a refusal, so that the client reads the refusal. */
const MAX_DISCARDED_BYTES = 64 * 1024 * 1024;

/** A `node:http` exchange as the gateway sees it. `beforeReading` runs once the body is wanted. */
export function gatewayRequestOf(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  beforeReading?: () => void,
): GatewayRequest {
  return {
    method: request.method ?? 'GET',
    path,
    header: (name) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    readBody: nodeBodyReader(request, beforeReading),
    onDisconnect: (leave) => {
      if (response.destroyed) leave();
      else
        response.once('close', () => {
          if (!response.writableFinished) leave();
        });
    },
    remoteAddress: request.socket.remoteAddress ?? null,
  };
}

/** Writes a reply at the pace of the client. Resolves when all is handed over or the client has gone. */
export async function writeReply(
  request: IncomingMessage,
  response: ServerResponse,
  reply: GatewayReply,
): Promise<void> {
  const { status, headers, body } = reply;
  if (typeof body === 'string' || body instanceof Uint8Array) {
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
    response.end(body);
    if (!request.complete) discardRest(request);
    return;
  }
  response.writeHead(status, headers);
  // The first piece is usually there already and takes the headers along; they do not wait for one that is not.
  const alone = setImmediate(() => response.flushHeaders());
  try {
    for await (const piece of body) {
      if (response.destroyed) break;
      clearImmediate(alone);
      if (!response.write(piece)) await writable(response);
    }
  } finally {
    clearImmediate(alone);
  }
  response.end();
}

/** Resolves when the client has taken what was written, or has gone. */
function writable(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

/** Reads and forgets what is still coming of a body nobody wants; cuts it off when it does not end. */
function discardRest(request: IncomingMessage): void {
  let discarded = 0;
  request.on('data', (chunk: Buffer) => {
    discarded += chunk.byteLength;
    if (discarded > MAX_DISCARDED_BYTES) request.destroy();
  });
  // The client may leave in the middle of what is being thrown away.
  request.on('error', () => request.destroy());
  request.resume();
}
