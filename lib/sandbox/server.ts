import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SANDBOX_MODELS } from '@/lib/budget/pricing/sandbox-prices';
import { answer, type SandboxAnswer } from './answer';
import { parseDirectives, type Directives } from './directives';
import { errorBody } from './errors';
import { renderCompletion, renderStream } from './render';
import { countPromptTokens, sandboxRequest, textOf, type SandboxRequest } from './request';

/** What happened at a sandbox since it started; for tests and load runs. */
export type SandboxStats = {
  received: number;
  /** Answers being made now, and the most there ever were at once. */
  active: number;
  peakActive: number;
  /** Answers that the client did not wait for. */
  aborted: number;
};

export type Sandbox = {
  /** Base URL in OpenAI's sense, `/v1` included. */
  url: string;
  stats(): SandboxStats;
  /** Stops listening and cuts what is in flight. */
  close(): Promise<void>;
};

const MAX_BODY_BYTES = 32 * 1024 * 1024;
/** Events put together in one write when nobody asked for a pace. */
const EVENTS_PER_WRITE = 32;

/**
 * Starts the simulated provider: OpenAI's chat completions over real HTTP on the loopback interface.
 * Rejects when the port is taken.
 */
export async function startSandbox(options: { port?: number } = {}): Promise<Sandbox> {
  const stats: SandboxStats = { received: 0, active: 0, peakActive: 0, aborted: 0 };
  const server = http.createServer({ keepAliveTimeout: 75_000 }, (request, response) => {
    stats.received += 1;
    stats.active += 1;
    stats.peakActive = Math.max(stats.peakActive, stats.active);
    const gone = new AbortController();
    response.once('close', () => {
      stats.active -= 1;
      if (response.writableFinished) return;
      stats.aborted += 1;
      gone.abort();
    });
    handle(request, response, gone.signal).catch((error: unknown) => {
      if (gone.signal.aborted) return;
      if (response.headersSent) response.destroy();
      else
        sendError(response, 500, { message: error instanceof Error ? error.message : undefined });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    stats: () => ({ ...stats }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  gone: AbortSignal,
): Promise<void> {
  const path = (request.url ?? '').split('?')[0];
  if (request.method === 'GET' && path === '/v1/models') return sendModels(response);
  if (request.method !== 'POST' || path !== '/v1/chat/completions') {
    return sendError(response, 404, { message: `The sandbox has no ${request.method} ${path}` });
  }
  const body = await readBody(request);
  if (body === null) return sendError(response, 413);
  const parsed = parseRequest(body);
  if ('fault' in parsed) return sendError(response, parsed.fault.status, parsed.fault);
  return complete(parsed.request, response, gone);
}

type Fault = { status: number; message: string; param: string | null };

function parseRequest(body: string): { request: SandboxRequest } | { fault: Fault } {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch (error) {
    const message = `The body is not valid JSON: ${error instanceof Error ? error.message : ''}`;
    return { fault: { status: 400, message, param: null } };
  }
  const parsed = sandboxRequest.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const param = issue?.path.join('.') ?? null;
    return { fault: { status: 400, message: `${param}: ${issue?.message}`, param } };
  }
  const model = parsed.data.model.replace(/^sandbox\//, '');
  if (!SANDBOX_MODELS.some(({ id }) => id === model)) {
    const names = SANDBOX_MODELS.map(({ id }) => id).join(', ');
    const message = `The sandbox has no model ${JSON.stringify(model)}; it has ${names}`;
    return { fault: { status: 404, message, param: 'model' } };
  }
  return { request: parsed.data };
}

async function complete(
  request: SandboxRequest,
  response: ServerResponse,
  gone: AbortSignal,
): Promise<void> {
  const last = request.messages.findLast(({ role }) => role === 'user');
  const { directives, rest } = parseDirectives(last === undefined ? '' : textOf(last));
  if (directives.delayMs > 0) await sleep(directives.delayMs, undefined, { signal: gone });
  if (directives.status !== null) {
    return sendError(response, directives.status, {
      retryAfterSeconds: directives.retryAfterSeconds,
    });
  }
  const promptTokens = countPromptTokens(request);
  const answered = answer(request, rest, directives);
  if (request.stream === true) {
    await sendStream(request, answered, promptTokens, directives, response, gone);
  } else {
    sendWhole(request, answered, promptTokens, directives, response);
  }
}

function sendWhole(
  request: SandboxRequest,
  answered: SandboxAnswer,
  promptTokens: number,
  { dropAfterTokens }: Directives,
  response: ServerResponse,
): void {
  const body = Buffer.from(JSON.stringify(renderCompletion(request, answered, promptTokens)));
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': body.length,
  });
  if (dropAfterTokens === null) response.end(body);
  else response.write(body.subarray(0, body.length >> 1), () => response.destroy());
}

async function sendStream(
  request: SandboxRequest,
  answered: SandboxAnswer,
  promptTokens: number,
  { dropAfterTokens, paceMs }: Directives,
  response: ServerResponse,
  gone: AbortSignal,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  const perWrite = paceMs > 0 ? 1 : EVENTS_PER_WRITE;
  let batch: string[] = [];
  let tokens = 0;
  for (const { event, isToken } of renderStream(request, answered, promptTokens)) {
    if (isToken && dropAfterTokens !== null && tokens >= dropAfterTokens) {
      response.write(batch.join(''), () => response.destroy());
      return;
    }
    if (isToken) tokens += 1;
    batch.push(event);
    if (batch.length < perWrite) continue;
    await write(response, batch.join(''), gone);
    batch = [];
    if (paceMs > 0 && isToken) await sleep(paceMs, undefined, { signal: gone });
  }
  response.end(batch.join(''));
}

/** Resolves at once, or when a slow reader has caught up; rejects when the reader has gone. */
async function write(response: ServerResponse, text: string, gone: AbortSignal): Promise<void> {
  gone.throwIfAborted();
  if (response.write(text)) return;
  await new Promise<void>((resolve, reject) => {
    const stop = (): void => reject(gone.reason);
    gone.addEventListener('abort', stop, { once: true });
    response.once('drain', () => {
      gone.removeEventListener('abort', stop);
      resolve();
    });
  });
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('the body must come as bytes');
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function sendModels(response: ServerResponse): void {
  const data = SANDBOX_MODELS.map(({ id }) => ({
    id,
    object: 'model',
    created: 1_735_689_600,
    owned_by: 'rolegate-sandbox',
  }));
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ object: 'list', data }));
}

function sendError(
  response: ServerResponse,
  status: number,
  options: { message?: string; param?: string | null; retryAfterSeconds?: number | null } = {},
): void {
  const { retryAfterSeconds = null, ...rest } = options;
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (retryAfterSeconds !== null) headers['retry-after'] = String(retryAfterSeconds);
  response.writeHead(status, headers);
  response.end(errorBody(status, rest));
}
