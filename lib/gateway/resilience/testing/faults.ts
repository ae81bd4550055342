import type { ErrorCode } from '@/lib/errors/codes';
import {
  beginStream,
  chunkEvent,
  completionBody,
  type UpstreamHandler,
} from '../../testing/test-upstream';

/** Something that can go wrong at a provider, and what the contract says becomes of it. */
export type Fault = {
  name: string;
  stream: boolean;
  /** Where the request goes, when it is the address that is at fault. */
  address?: 'refused' | 'unknown-host' | 'no-tls';
  answer?: UpstreamHandler;
  /** What the client is told when nothing else answers. */
  told: { status: number; code: ErrorCode };
  /** The first token had been sent: status 200, the fault as an event in the stream. */
  inStream?: boolean;
  /** May be retried, may be answered by another target, counts against the breaker. */
  retried: boolean;
  fallsBack: boolean;
  counts: boolean;
  /** The provider says nothing more, so only a time limit ends the attempt. */
  hangs?: boolean;
  /** Seconds the provider asks to wait. */
  retryAfter?: number;
};

/** The wait a provider asks for in the matrix, seconds. */
const RETRY_AFTER = 7;

const status =
  (code: number, headers: Record<string, string> = {}): UpstreamHandler =>
  ({ response }) => {
    response.writeHead(code, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ error: { message: `this is a ${code}` } }));
  };

const json =
  (body: string): UpstreamHandler =>
  ({ response }) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(body);
  };

/** A stream that has begun: with the role only, or with a first token too. */
const begun =
  (first: 'role' | 'token', then: 'reset' | 'end' | 'hang'): UpstreamHandler =>
  async ({ response }) => {
    beginStream(response);
    const events = [chunkEvent({ role: 'assistant', content: '' })];
    if (first === 'token') events.push(chunkEvent({ content: 'Hello' }));
    await new Promise<void>((resolve) => response.write(events.join(''), () => resolve()));
    // What was written has to be on the wire before the connection is cut.
    if (then === 'reset') setImmediate(() => response.socket?.destroy());
    if (then === 'end') response.end();
  };

const OUTAGE = {
  told: { status: 502, code: 'upstream_error' },
  retried: true,
  fallsBack: true,
  counts: true,
} as const;
const TIMEOUT = { ...OUTAGE, told: { status: 504, code: 'upstream_timeout' } } as const;
/** Part of an answer has been sent: nobody can take over. */
const BROKEN_OFF = { ...OUTAGE, inStream: true, retried: false, fallsBack: false } as const;
const REFUSED = { retried: false, fallsBack: true, counts: false } as const;
const RATE_LIMITED = { ...OUTAGE, told: { status: 429, code: 'rate_limit_exceeded' } } as const;

export const FAULTS: readonly Fault[] = [
  { name: 'connection refused', stream: false, address: 'refused', ...OUTAGE },
  { name: 'DNS failure', stream: false, address: 'unknown-host', ...OUTAGE },
  { name: 'TLS failure', stream: false, address: 'no-tls', ...OUTAGE },
  {
    name: 'reset before headers',
    stream: false,
    answer: ({ response }) => void response.socket?.destroy(),
    ...OUTAGE,
  },
  {
    name: 'reset mid-body',
    stream: false,
    answer: async ({ response }) => {
      const body = JSON.stringify(completionBody());
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      });
      await new Promise<void>((resolve) => response.write(body.slice(0, 40), () => resolve()));
      setImmediate(() => response.socket?.destroy());
    },
    ...OUTAGE,
  },
  {
    name: 'reset mid-stream before the first token',
    stream: true,
    answer: begun('role', 'reset'),
    ...OUTAGE,
  },
  {
    name: 'reset mid-stream after the first token',
    stream: true,
    answer: begun('token', 'reset'),
    ...BROKEN_OFF,
  },
  { name: 'hang before headers', stream: false, hangs: true, answer: () => undefined, ...TIMEOUT },
  {
    name: 'hang mid-stream before the first token',
    stream: true,
    hangs: true,
    answer: begun('role', 'hang'),
    ...TIMEOUT,
  },
  {
    name: 'hang mid-stream after the first token',
    stream: true,
    hangs: true,
    answer: begun('token', 'hang'),
    ...BROKEN_OFF,
    told: TIMEOUT.told,
  },
  {
    name: '400',
    stream: false,
    answer: status(400),
    told: { status: 400, code: 'invalid_request' },
    ...REFUSED,
    fallsBack: false,
  },
  ...[401, 403].map((code): Fault => ({
    name: String(code),
    stream: false,
    answer: status(code),
    told: { status: 502, code: 'upstream_unauthorized' },
    ...REFUSED,
  })),
  {
    name: '404',
    stream: false,
    answer: status(404),
    told: { status: 404, code: 'model_not_found' },
    ...REFUSED,
  },
  { name: '408', stream: false, answer: status(408), ...TIMEOUT },
  { name: '409', stream: false, answer: status(409), ...OUTAGE },
  { name: '429', stream: false, answer: status(429), ...RATE_LIMITED },
  {
    name: '429 with retry-after',
    stream: false,
    answer: status(429, { 'retry-after': String(RETRY_AFTER) }),
    retryAfter: RETRY_AFTER,
    ...RATE_LIMITED,
  },
  ...[500, 502, 503].map((code): Fault => ({
    name: String(code),
    stream: false,
    answer: status(code),
    ...OUTAGE,
  })),
  { name: '504', stream: false, answer: status(504), ...TIMEOUT },
  { name: '529', stream: false, answer: status(529), ...OUTAGE },
  {
    name: '200 with an error body',
    stream: false,
    answer: json('{"error":{"message":"the server had an error","type":"server_error"}}'),
    ...OUTAGE,
  },
  {
    name: '200 without choices',
    stream: false,
    answer: json(JSON.stringify({ ...completionBody(), choices: [] })),
    ...OUTAGE,
  },
  {
    name: 'an error inside a choice',
    stream: false,
    answer: json(
      JSON.stringify({
        ...completionBody(),
        choices: [
          {
            index: 0,
            finish_reason: 'error',
            message: { role: 'assistant', content: '' },
            error: { code: 502, message: 'the provider behind it failed' },
          },
        ],
      }),
    ),
    ...OUTAGE,
  },
  {
    name: 'an error inside a choice of a stream',
    stream: true,
    answer: ({ response }) => {
      beginStream(response);
      const error = { code: 503, message: 'the provider behind it failed' };
      response.end(chunkEvent({ role: 'assistant', content: '' }) + chunkEvent({}, { error }));
    },
    ...OUTAGE,
  },
  {
    name: 'a content filter as a 200 error',
    stream: false,
    answer: json('{"error":{"message":"filtered","code":"content_filter"}}'),
    told: { status: 400, code: 'invalid_request' },
    ...REFUSED,
    fallsBack: false,
  },
  { name: 'invalid JSON', stream: false, answer: json('{"id": "chatcmpl'), ...OUTAGE },
  {
    name: 'SSE truncated before the first token',
    stream: true,
    answer: begun('role', 'end'),
    ...OUTAGE,
  },
  {
    name: 'SSE truncated after the first token',
    stream: true,
    answer: begun('token', 'end'),
    ...BROKEN_OFF,
  },
];
