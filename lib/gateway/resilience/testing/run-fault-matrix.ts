import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import type { RolePolicyInput } from '@/lib/policy/role-policy';
import { createProviderRegistry } from '../../providers';
import { LatencyFacts } from '../../router/latency-facts';
import type { RoutingFacts } from '../../router/facts';
import { createRoutingPlanner } from '../../router/routing-planner';
import { TEST_TENANT_ID } from '../../testing/memory-principals';
import { testGateway, type TestGateway } from '../../testing/test-gateway';
import { sendCompletion, sendStream, startTestUpstream } from '../../testing/test-upstream';
import type { AttemptRecord } from '../../types';
import { MemoryBreakers } from '../breaker';
import { createResilientExecutor } from '../resilient-executor';
import { FAULTS, type Fault } from './faults';

/** Bounds of one attempt and, where no policy bounds the attempt, of the whole request. Milliseconds. */
export const ATTEMPT_MS = 800;
export const DEADLINE_MS = 2400;
/** Where nothing hangs no limit must be hit, however loaded the machine. */
const AMPLE_MS = 60_000;
export const MAX_RETRIES = 2;
export const THRESHOLD = 2;

type Resilience = RolePolicyInput['resiliencePolicy'];
const BOUND = { enabled: true, requestTimeoutMs: ATTEMPT_MS } as const;
export const COLUMNS = {
  'no policy': { enabled: false },
  retry: {
    ...BOUND,
    retryEnabled: true,
    maxRetries: MAX_RETRIES,
    retryBackoffMs: 100,
    retryJitter: false,
  },
  fallback: {
    ...BOUND,
    fallbackEnabled: true,
    fallbackChain: [{ provider: 'spare', model: 'test-model', priority: 1 }],
  },
  breaker: { ...BOUND, circuitBreakerEnabled: true, circuitBreakerThreshold: THRESHOLD },
} as const satisfies Record<string, Resilience>;
export type Column = keyof typeof COLUMNS;
export const COLUMN_NAMES = Object.keys(COLUMNS) as Column[];

/** What one request under one fault and one policy came to. */
export type Cell = {
  fault: Fault;
  column: Column;
  /** Requests that reached the faulty provider and the spare one, over all requests of the cell. */
  calls: { main: number; spare: number };
  /** Of the cell's last request. */
  status: number;
  code: string | null;
  attempts: string | null;
  provider: string | null;
  retryAfter: string | null;
  /** Code of the error event in a stream that had begun. */
  streamError: string | null;
  receipt: { status: number; code: string | null; attempts: AttemptRecord[] };
  /** Waits before retries, milliseconds; the matrix does not sleep. */
  waits: number[];
  ms: number;
};

/**
 * How long the request takes by the contract, milliseconds, what the machine adds left out: the limits that
 * hanging attempts run into, and the waits between attempts.
 */
export function nominalMs({ fault, column, waits, receipt }: Cell): number {
  const hung = fault.hangs ? receipt.attempts.filter(({ code }) => code !== 'ok').length : 0;
  const limit = column === 'no policy' ? DEADLINE_MS : ATTEMPT_MS;
  return hung * limit + waits.reduce((sum, wait) => sum + wait, 0);
}

/** Runs every fault under every policy against real upstreams on the loopback interface. */
export async function runFaultMatrix(): Promise<Cell[]> {
  const columns = await Promise.all(COLUMN_NAMES.map(runColumn));
  return FAULTS.flatMap((fault) =>
    columns.map((cells) => cells.find((cell) => cell.fault === fault)!),
  );
}

async function runColumn(column: Column): Promise<Cell[]> {
  const bench = await openBench(column);
  const cells: Cell[] = [];
  try {
    for (const fault of FAULTS) cells.push(await bench.run(fault));
  } finally {
    await bench.close();
  }
  return cells;
}

async function openBench(column: Column) {
  const waits: number[] = [];
  // It stands still, so that a breaker's retry-after is the same in every run.
  const clock = { now: () => 1_770_000_000_000 };
  const breakers = new MemoryBreakers(clock);
  const dispatcher = new Agent({ connections: null, connect: { lookup: failingLookup } });
  const facts: RoutingFacts = {
    model: () => ({ contextWindow: null, vision: null, tools: null, jsonSchema: null }),
    isBroken: (tenant, provider) => breakers.isOpen(tenant, provider),
    latencyMs: () => null,
  };
  const spare = await startTestUpstream();
  spare.answer(({ request, response }) =>
    request.stream === true ? sendStream(response, ['Hello']) : sendCompletion(response),
  );
  const gateway = await testGateway({
    policy: { resiliencePolicy: COLUMNS[column] },
    deps: {
      providers: createProviderRegistry({ network: { dispatcher }, sandboxUrl: null }),
      planner: createRoutingPlanner(facts),
      executor: createResilientExecutor({
        breakers,
        latency: new LatencyFacts(clock),
        sleep: (ms) => {
          waits.push(ms);
          return Promise.resolve();
        },
        random: () => 0.5,
      }),
    },
  });
  const refused = await closedPort();

  const run = async (fault: Fault): Promise<Cell> => {
    connect(gateway, addressOf(fault, gateway, refused), spare.url);
    if (fault.answer) gateway.upstream.answer(fault.answer);
    const requestTimeoutMs = fault.hangs ? ATTEMPT_MS : AMPLE_MS;
    gateway.setPolicy({ resiliencePolicy: { ...COLUMNS[column], requestTimeoutMs } });
    gateway.deps.deadlineMs = fault.hangs && column === 'no policy' ? DEADLINE_MS : AMPLE_MS;
    breakers.reset(TEST_TENANT_ID, 'main');
    const before = { main: gateway.upstream.requests.length, spare: spare.requests.length };
    // The breaker shows in the request after those that opened it.
    for (let turn = 0; column === 'breaker' && turn < THRESHOLD; turn += 1) {
      await ask(gateway, fault);
    }
    waits.length = 0;
    const last = await ask(gateway, fault);
    return {
      fault,
      column,
      ...last,
      waits: [...waits],
      calls: {
        main: gateway.upstream.requests.length - before.main,
        spare: spare.requests.length - before.spare,
      },
    };
  };
  const close = async () => {
    await gateway.close();
    await Promise.all([spare.close(), dispatcher.destroy()]);
  };
  return { run, close };
}

async function ask(gateway: TestGateway, { stream }: Fault) {
  const started = performance.now();
  const answer = await gateway.chat({ model: 'main/test-model', stream });
  const text = await answer.text();
  const ms = performance.now() - started;
  const receipt = await gateway.receipt(answer.headers.get('x-request-id'));
  return {
    status: answer.status,
    code: answer.status === 200 ? null : errorCode(text),
    attempts: answer.headers.get('x-rolegate-attempts'),
    provider: answer.headers.get('x-rolegate-provider'),
    retryAfter: answer.headers.get('retry-after'),
    streamError: answer.status === 200 && stream ? streamError(text) : null,
    receipt: { status: receipt.status, code: receipt.code, attempts: receipt.attempts },
    ms,
  };
}

function errorCode(text: string): string {
  return (JSON.parse(text) as { error: { code: string } }).error.code;
}

/** The code of the event that ended the stream instead of `[DONE]`. */
function streamError(text: string): string | null {
  const events = text.trim().split('\n\n');
  const last = events.at(-1)?.replace(/^data: /, '') ?? '';
  return last === '[DONE]' ? null : errorCode(last);
}

function connect(gateway: TestGateway, main: string, spare: string): void {
  gateway.principals.update(gateway.key, {
    connections: Object.entries({ main, spare }).map(([name, baseUrl]) => ({
      id: name,
      tenantId: TEST_TENANT_ID,
      name,
      kind: 'openai-compatible',
      baseUrl,
      credential: 'test-credential',
      models: ['test-model'],
      enabled: true,
    })),
  });
}

const UNKNOWN_HOST = 'no-such-host.invalid';

function addressOf({ address }: Fault, gateway: TestGateway, closed: number): string {
  if (address === 'refused') return `http://127.0.0.1:${closed}/v1`;
  if (address === 'unknown-host') return `http://${UNKNOWN_HOST}/v1`;
  // The upstream speaks no TLS, so the handshake fails.
  if (address === 'no-tls') return gateway.upstream.url.replace('http:', 'https:');
  return gateway.upstream.url;
}

/** Answers as a resolver does that knows no such name, without asking one. */
function failingLookup(
  hostname: string,
  _options: object,
  callback: (error: NodeJS.ErrnoException | null, address: never) => void,
): void {
  const error: NodeJS.ErrnoException = new Error(`getaddrinfo ENOTFOUND ${hostname}`);
  error.code = 'ENOTFOUND';
  callback(error, undefined as never);
}

/** A port on which nobody listens any more. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
