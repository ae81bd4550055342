import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import OpenAI from 'openai';
import { Agent } from 'undici';
import { createMemoryRateLimitStore } from '@/lib/live/memory-rate-limit-store';
import type { RolePolicyInput } from '@/lib/policy/role-policy';
import { startSandbox, type Sandbox } from '@/lib/sandbox';
import { noCache } from '../cache/no-cache';
import { priceCatalogue } from '../catalogue';
import type { GatewayDeps, GatewayLog } from '../deps';
import { handleGatewayRequest } from '../handler';
import { gatewayRequestOf, writeReply } from '../node/http-adapter';
import type { RequestObservation } from '../ports';
import { createProviderRegistry } from '../providers';
import { singleAttempt } from '../resilience/single-attempt';
import type { Receipt } from '../types';
import { directPlanner } from './direct-planner';
import { FakeClock } from './fake-clock';
import { MemoryPrincipals, type ConnectionInput, type PrincipalInput } from './memory-principals';
import { startTestUpstream, type TestUpstream } from './test-upstream';
import { unlimitedLedger } from './unlimited-ledger';

export type TestGatewayOptions = {
  policy?: RolePolicyInput;
  /**
   * Default: a connection `test` to the test's own upstream, listing `test-model`, and one to the
   * sandbox. A connection without a base URL that is not the sandbox's goes to the test upstream.
   */
  connections?: readonly ConnectionInput[];
  logContent?: PrincipalInput['logContent'];
  /** Replaces any part of the gateway. */
  deps?: Partial<GatewayDeps>;
};

export type TestGateway = {
  /** `http://127.0.0.1:port`; the API is under `/v1`. */
  url: string;
  /** Secret of the first key. */
  key: string;
  principals: MemoryPrincipals;
  upstream: TestUpstream;
  sandbox: Sandbox;
  clock: FakeClock;
  deps: GatewayDeps;
  receipts: Receipt[];
  observations: RequestObservation[];
  /** What was logged as a warning or an error. */
  complaints: { fields: object; message: string }[];
  /** Requests the gateway is answering now. */
  active(): number;
  setPolicy(policy: RolePolicyInput): void;
  /** `POST /v1/chat/completions` with a short prompt to `test/test-model` unless told otherwise. */
  chat(
    body?: object,
    init?: { key?: string; headers?: Record<string, string>; signal?: AbortSignal },
  ): Promise<Response>;
  /** The official client, without retries of its own. */
  client(options?: { maxRetries?: number }): OpenAI;
  /** Resolves with the receipt of a request once it has been written. */
  receipt(id: string | null): Promise<Receipt>;
  close(): Promise<void>;
};

const PROMPT = { model: 'test/test-model', messages: [{ role: 'user', content: 'Hi' }] };

/** A whole gateway over real loopback HTTP with everything else in memory. */
export async function testGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const [upstream, sandbox] = await Promise.all([startTestUpstream(), startSandbox()]);
  const dispatcher = new Agent({ connections: null });
  // Without the guard against private addresses: tests live on the loopback interface.
  const providers = createProviderRegistry({ network: { dispatcher }, sandboxUrl: sandbox.url });
  const clock = new FakeClock();
  const principals = new MemoryPrincipals();
  const receipts = new ReceiptBook();
  const observations: RequestObservation[] = [];
  const complaints: TestGateway['complaints'] = [];
  const complain = (fields: object, message: string) => void complaints.push({ fields, message });
  const log: GatewayLog = { info: () => undefined, warn: complain, error: complain };
  const deps: GatewayDeps = {
    principals,
    providers,
    catalogue: priceCatalogue,
    rateLimits: createMemoryRateLimitStore({ clock }),
    budgets: unlimitedLedger,
    cache: noCache,
    planner: directPlanner,
    executor: singleAttempt,
    receipts,
    observer: {
      started: () => undefined,
      finished: (observation) => void observations.push(observation),
    },
    clock,
    log,
    deadlineMs: 60_000,
    ...options.deps,
  };
  const connections = options.connections ?? [
    { kind: 'openai-compatible', name: 'test', models: ['test-model'] },
    { kind: 'sandbox' },
  ];
  const key = principals.add({
    policy: options.policy,
    logContent: options.logContent,
    connections: connections.map((connection) => ({
      ...connection,
      baseUrl: connection.baseUrl ?? (connection.kind === 'sandbox' ? null : upstream.url),
    })),
  });
  const plane = await startPlane(deps);
  const chat: TestGateway['chat'] = (body = {}, init = {}) =>
    fetch(`${plane.url}/v1/chat/completions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${init.key ?? key}`,
        'content-type': 'application/json',
        ...init.headers,
      },
      body: JSON.stringify({ ...PROMPT, ...body }),
      signal: init.signal,
    });
  return {
    url: plane.url,
    key,
    principals,
    upstream,
    sandbox,
    clock,
    deps,
    receipts: receipts.all,
    observations,
    complaints,
    active: plane.active,
    setPolicy: (policy) => principals.setPolicy(key, policy),
    chat,
    client: ({ maxRetries = 0 } = {}) =>
      new OpenAI({ apiKey: key, baseURL: `${plane.url}/v1`, maxRetries }),
    receipt: (id) => receipts.of(id),
    close: async () => {
      await plane.close();
      await Promise.all([upstream.close(), sandbox.close(), deps.rateLimits.close()]);
      await Promise.all([dispatcher.destroy(), providers.close()]);
    },
  };
}

/** Keeps receipts and lets a test wait for one. */
class ReceiptBook {
  readonly all: Receipt[] = [];
  private readonly waiting = new Map<string, (receipt: Receipt) => void>();

  write(receipt: Receipt): void {
    this.all.push(receipt);
    this.waiting.get(receipt.id)?.(receipt);
  }

  of(id: string | null): Promise<Receipt> {
    if (id === null) return Promise.reject(new Error('The answer had no x-request-id.'));
    const known = this.all.find((receipt) => receipt.id === id);
    return known ? Promise.resolve(known) : new Promise((resolve) => this.waiting.set(id, resolve));
  }

  drain(): Promise<void> {
    return Promise.resolve();
  }
}

/** Tests open a thousand connections at once. */
const BACKLOG = 4096;

async function startPlane(deps: GatewayDeps) {
  let active = 0;
  const server = createServer((request, response) => {
    active += 1;
    response.once('close', () => (active -= 1));
    const path = (request.url ?? '').split('?')[0] ?? '';
    void handleGatewayRequest(gatewayRequestOf(request, response, path), deps).then((reply) =>
      writeReply(request, response, reply),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', BACKLOG, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    active: () => active,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
