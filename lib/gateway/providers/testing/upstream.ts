import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createGuardedFetch } from '@/lib/net';
import type {
  ChatRequest,
  ProviderConnection,
  ProviderKind,
  UpstreamAnswer,
  UpstreamEvent,
} from '@/lib/gateway/types';
import { createProviderRegistry } from '../registry';

export type SeenRequest = {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
};

export type FakeUpstream = {
  url: string;
  seen: SeenRequest[];
  /** Resolves when the connection of the request being answered is closed. */
  closed: Promise<void>;
  respond: (handler: Handler) => void;
  close(): Promise<void>;
};

type Handler = (response: ServerResponse, request: IncomingMessage, socket: Socket) => void;

/** A provider made of one handler, over real loopback HTTP. */
export async function startUpstream(): Promise<FakeUpstream> {
  let handler: Handler = (response) => response.writeHead(500).end();
  const seen: SeenRequest[] = [];
  let noteClosed: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => (noteClosed = resolve));
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push({
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      });
      response.on('close', () => noteClosed());
      handler(response, request, request.socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    closed,
    respond: (next) => {
      handler = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const TEST_KEY = 'sk-test-0123456789abcdef';

export function connectionTo(
  kind: ProviderKind,
  baseUrl: string | null,
  credential: string = TEST_KEY,
): ProviderConnection {
  return {
    id: 'c1',
    tenantId: 't1',
    name: kind,
    kind,
    baseUrl,
    credential,
    models: [],
    enabled: true,
  };
}

/** The real registry, allowed to reach loopback. */
export function testRegistry(sandboxUrl: string | null = null) {
  const network = createGuardedFetch({ allowedHosts: ['127.0.0.0/8'] });
  const registry = createProviderRegistry({ network, sandboxUrl });
  const chat = (
    connection: ProviderConnection,
    model: string,
    request: ChatRequest,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<UpstreamAnswer> =>
    registry.for(connection.kind).chat({ target: { connection, model }, request, signal });
  return { registry, network, chat };
}

/** All events of a streamed answer. Throws when it is not one. */
export async function readAll(answer: UpstreamAnswer): Promise<UpstreamEvent[]> {
  if (!answer.stream) throw new Error('expected a stream');
  const events: UpstreamEvent[] = [];
  for await (const batch of answer.events) events.push(...batch);
  return events;
}

type Chat = ReturnType<typeof testRegistry>['chat'];

/**
 * How long after an abort the provider sees its connection closed, in milliseconds, and how the attempt
 * ended. `begin` is what the provider sends before the client goes; null leaves it silent. The shortest
 * of three rounds: what is asked is how fast the gateway is, not how busy the machine that tests it.
 */
export async function abortLatency(
  chat: Chat,
  target: { kind: ProviderKind; model: string; request: ChatRequest },
  begin: string | null,
): Promise<{ ms: number; outcome: unknown }> {
  let best = Infinity;
  let outcome: unknown;
  for (let round = 0; round < 3; round += 1) {
    const own = await startUpstream();
    const reached = new Promise<void>((resolve) =>
      own.respond((response) => {
        if (begin !== null) {
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          response.write(begin);
        }
        resolve();
      }),
    );
    const client = new AbortController();
    const connection = connectionTo(target.kind, own.url);
    const attempt = chat(connection, target.model, target.request, client.signal)
      .then(readAll)
      .catch((error: unknown) => error);
    await reached;
    const from = performance.now();
    client.abort();
    await own.closed;
    best = Math.min(best, performance.now() - from);
    outcome = await attempt;
    await own.close();
  }
  return { ms: best, outcome };
}
