import { webBodyReader } from './body';
import type { GatewayRequest } from './call';
import type { GatewayReply } from './reply';

/** A Fetch API request as the gateway sees it. `path` is the one of the gateway's own API. */
export function gatewayRequestOf(request: Request, path: string): GatewayRequest {
  return {
    method: request.method,
    path,
    header: (name) => request.headers.get(name) ?? undefined,
    readBody: webBodyReader(request),
    onDisconnect: (leave) => {
      if (request.signal.aborted) leave();
      else request.signal.addEventListener('abort', leave, { once: true });
    },
    remoteAddress: null,
  };
}

/** A reply as a Fetch API response; a stream is pulled by the reader and stopped when it cancels. */
export function responseOf({ status, headers, body }: GatewayReply): Response {
  if (typeof body === 'string') return new Response(body, { status, headers });
  if (body instanceof Uint8Array) return new Response(new Uint8Array(body), { status, headers });
  const iterator = body[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(stream, { status, headers });
}
