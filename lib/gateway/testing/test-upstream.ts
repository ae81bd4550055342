import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ChatRequest } from '@/lib/openai/wire';

export type UpstreamExchange = {
  /** The body as the gateway sent it, parsed. */
  request: ChatRequest;
  /** The body byte for byte, as UTF-8. */
  body: string;
  headers: IncomingMessage['headers'];
  path: string;
  response: ServerResponse;
};
export type UpstreamHandler = (exchange: UpstreamExchange) => void | Promise<void>;

/** A provider on loopback HTTP that answers as a test tells it to and remembers what it was asked. */
export type TestUpstream = {
  /** Base URL, `/v1` included. */
  url: string;
  /** Requests in the order they came. */
  requests: UpstreamExchange[];
  /** Requests being answered now, and the most there ever were. */
  active: number;
  peak: number;
  /** When a request's connection was closed before its answer was complete: `performance.now()`. */
  aborts: number[];
  answer(handler: UpstreamHandler): void;
  close(): Promise<void>;
};

export async function startTestUpstream(): Promise<TestUpstream> {
  let handler: UpstreamHandler = ({ request, response }) =>
    sendCompletion(response, { model: request.model });
  const server = createServer((message, response) => {
    upstream.active += 1;
    upstream.peak = Math.max(upstream.peak, upstream.active);
    response.once('close', () => {
      upstream.active -= 1;
      if (!response.writableFinished) upstream.aborts.push(performance.now());
    });
    void readBody(message).then(async (body) => {
      const request = JSON.parse(body) as ChatRequest;
      const exchange = {
        request,
        body,
        headers: message.headers,
        path: message.url ?? '',
        response,
      };
      upstream.requests.push(exchange);
      await handler(exchange);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 4096, resolve));
  const upstream: TestUpstream = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests: [],
    active: 0,
    peak: 0,
    aborts: [],
    answer: (next) => {
      handler = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return upstream;
}

async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

export type CompletionOptions = {
  model?: string;
  content?: string | null;
  toolCalls?: { name: string; arguments?: string }[];
  promptTokens?: number;
  completionTokens?: number;
  /** False: the answer tells no usage. */
  usage?: boolean;
};

function usageOf({ promptTokens = 10, completionTokens = 5 }: CompletionOptions) {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
}

/** Resolves when a writer may go on, or when its reader has gone. */
export function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

/** Answers with a whole completion. */
export function sendCompletion(response: ServerResponse, options: CompletionOptions = {}): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(completionBody(options)));
}

export function completionBody(options: CompletionOptions = {}): object {
  const { model = 'test-model', content = 'Hello.', toolCalls = [] } = options;
  const calls = toolCalls.map((call, index) => ({
    id: `call_${index}`,
    type: 'function',
    function: { name: call.name, arguments: call.arguments ?? '{}' },
  }));
  return {
    id: 'chatcmpl-test',
    object: 'chat.completion',
    created: 1_770_000_000,
    model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, ...(calls.length ? { tool_calls: calls } : {}) },
        finish_reason: calls.length ? 'tool_calls' : 'stop',
        logprobs: null,
      },
    ],
    ...(options.usage === false ? {} : { usage: usageOf(options) }),
  };
}

/** One event of a stream, as the provider writes it. */
export function chunkEvent(delta: object, extra: object = {}, model = 'test-model'): string {
  const chunk = {
    id: 'chatcmpl-test',
    object: 'chat.completion.chunk',
    created: 1_770_000_000,
    model,
    choices: [{ index: 0, delta, finish_reason: null, ...extra }],
  };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}

export function usageEvent(options: CompletionOptions = {}): string {
  const chunk = {
    id: 'chatcmpl-test',
    object: 'chat.completion.chunk',
    created: 1_770_000_000,
    model: options.model ?? 'test-model',
    choices: [],
    usage: usageOf(options),
  };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}

export function beginStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
}

/** Answers with a whole stream of these texts. */
export function sendStream(
  response: ServerResponse,
  texts: readonly string[],
  options: CompletionOptions = {},
): void {
  beginStream(response);
  response.write(chunkEvent({ role: 'assistant', content: '' }));
  for (const content of texts) response.write(chunkEvent({ content }));
  response.write(chunkEvent({}, { finish_reason: 'stop' }));
  if (options.usage !== false) response.write(usageEvent(options));
  response.end('data: [DONE]\n\n');
}
