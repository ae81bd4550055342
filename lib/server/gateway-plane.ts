import 'server-only';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { AppError } from '@/lib/errors/app-error';
import { renderOpenAIError } from '@/lib/errors/render';
import { gatewayRequestOf, writeReply } from '@/lib/gateway/node/http-adapter';
import type { GatewayReply } from '@/lib/gateway/reply';
import { log } from '@/lib/log';
import type { Runtime } from './runtime';

export type GatewayPlane = {
  port: number;
  url: string;
  /** Stops accepting and lets what is in flight finish; after `graceMs` it is cut off. */
  stop(graceMs?: number): Promise<void>;
};

/** What the plane asks of the runtime. */
export type PlaneRuntime = Pick<Runtime, 'handle' | 'metrics' | 'unreadiness'>;

export type GatewayPlaneOptions = {
  /** 0 takes any free port. */
  port: number;
  host: string;
  runtime: PlaneRuntime;
  /** Longest time a client may take over its request's headers, and over the whole request. Milliseconds. */
  headersTimeoutMs?: number;
  requestTimeoutMs?: number;
};

const GRACE_MS = 30_000;

/**
 * The gateway on plain `node:http`: `/v1/*`, `/healthz`, `/readyz`, `/metrics`.
 * @throws the listen error (`EADDRINUSE`) when the port cannot be had.
 */
export async function startGatewayPlane(options: GatewayPlaneOptions): Promise<GatewayPlane> {
  const { runtime, host } = options;
  const headersTimeout = options.headersTimeoutMs ?? 10_000;
  const server = createServer({
    headersTimeout,
    requestTimeout: options.requestTimeoutMs ?? 60_000,
    // Slow clients are looked for this often, so they are closed at most this much late.
    connectionsCheckingInterval: Math.min(2000, headersTimeout),
    // Longer than the idle time of common load balancers, which reuse a connection until their own.
    keepAliveTimeout: 75_000,
  });
  server.on('request', (request, response) => serve(runtime, server, request, response));
  // An asked-for "100 Continue" is only sent once the body is wanted: a refused upload never starts.
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) =>
    serve(runtime, server, request, response, () => response.writeContinue()),
  );
  server.on('clientError', answerBrokenRequest);
  const { port } = await listen(server, options.port, host);
  return {
    port,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    stop: (graceMs = GRACE_MS) => stop(server, graceMs),
  };
}

function serve(
  runtime: PlaneRuntime,
  server: Server,
  request: IncomingMessage,
  response: ServerResponse,
  beforeReading?: () => void,
): void {
  // A connection kept alive for a next request would hold up a stop that came in the meantime.
  response.once('close', () => {
    if (!server.listening) setImmediate(() => server.closeIdleConnections());
  });
  answer(runtime, request, response, beforeReading).catch((error: unknown) => {
    log().error({ err: error }, 'a response could not be written');
    response.destroy();
  });
}

async function answer(
  runtime: PlaneRuntime,
  request: IncomingMessage,
  response: ServerResponse,
  beforeReading?: () => void,
): Promise<void> {
  const url = request.url ?? '/';
  const query = url.indexOf('?');
  const path = query < 0 ? url : url.slice(0, query);
  if (path.startsWith('/v1/')) {
    const incoming = gatewayRequestOf(request, response, path, beforeReading);
    return writeReply(request, response, await runtime.handle(incoming));
  }
  const { status, headers, body } = await operate(runtime, request.method ?? 'GET', path, () =>
    runtime.handle(gatewayRequestOf(request, response, path)),
  );
  return writeReply(request, response, { status, headers, body });
}

/** What operators and orchestrators ask for; everything else is refused as the API refuses it. */
async function operate(
  runtime: PlaneRuntime,
  method: string,
  path: string,
  other: () => Promise<GatewayReply>,
): Promise<GatewayReply> {
  if (method !== 'GET' && method !== 'HEAD') return other();
  switch (path) {
    case '/healthz':
      return json(200, { status: 'ok' });
    case '/readyz': {
      const reason = await runtime.unreadiness();
      return reason === null ? json(200, { status: 'ready' }) : json(503, { status: reason });
    }
    case '/metrics': {
      const { contentType, text } = await runtime.metrics();
      return { status: 200, headers: { 'content-type': contentType }, body: text };
    }
    default:
      return other();
  }
}

function json(status: number, value: object) {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify(value),
  };
}

/** A request that is not HTTP, or that never ends: answered as far as that is possible, then closed. */
function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const isSlow = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
  const line = isSlow ? '408 Request Timeout' : '400 Bad Request';
  const message = isSlow
    ? 'The request took too long to arrive. Send it faster.'
    : 'The request is not valid HTTP. Check its headers.';
  const body = JSON.stringify(renderOpenAIError(new AppError('invalid_request', message)));
  socket.end(
    `HTTP/1.1 ${line}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

/** Connections the kernel keeps until they are accepted; Node's 511 resets some of a burst of a thousand. */
const BACKLOG = 4096;

function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, BACKLOG, () => {
      server.off('error', reject);
      resolve(server.address() as AddressInfo);
    });
  });
}

function stop(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
