import type { RolePolicyInput } from '@/lib/policy/role-policy';
import { MemoryBreakers } from '../resilience/breaker';
import { createResilientExecutor } from '../resilience/resilient-executor';
import type { RoutingFacts } from '../router/facts';
import { LatencyFacts } from '../router/latency-facts';
import { createRoutingPlanner } from '../router/routing-planner';
import { systemClock, type Clock, type ProviderKind } from '../types';
import { FakeClock } from './fake-clock';
import { testGateway, type TestGateway } from './test-gateway';
import { startTestUpstream, type TestUpstream } from './test-upstream';

export type RoutedGatewayOptions = {
  policy?: RolePolicyInput;
  /** Connections by name, each with an upstream of its own. */
  connections: Record<string, { kind?: ProviderKind; models?: string[] }>;
  /** Waits for real instead of noting how long it would have waited. */
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  deadlineMs?: number;
  models?: RoutingFacts['model'];
  /** By which latencies are measured and forgotten. */
  latencyClock?: Clock;
};

export type RoutedGateway = TestGateway & {
  upstreams: Record<string, TestUpstream>;
  breakers: MemoryBreakers;
  /** Moves the breakers' time. */
  breakerClock: FakeClock;
  /** Waits before retries, milliseconds. */
  waits: number[];
  /** Requests that each upstream has had. */
  calls(): Record<string, number>;
  /** Forgets what the upstreams have had. */
  forget(): void;
};

/** A gateway with routing and resilience in force, and an upstream on the loopback for every connection. */
export async function routedGateway(options: RoutedGatewayOptions): Promise<RoutedGateway> {
  const upstreams: Record<string, TestUpstream> = {};
  for (const name of Object.keys(options.connections)) upstreams[name] = await startTestUpstream();
  const breakerClock = new FakeClock();
  const breakers = new MemoryBreakers(breakerClock);
  const { latencyClock } = options;
  const latency = new LatencyFacts(latencyClock ?? systemClock);
  const waits: number[] = [];
  const noted = (ms: number): Promise<void> => {
    waits.push(ms);
    return Promise.resolve();
  };
  const unknown = { contextWindow: null, vision: null, tools: null, jsonSchema: null };
  const gateway = await testGateway({
    policy: options.policy,
    connections: Object.entries(options.connections).map(([name, { kind, models }]) => ({
      name,
      kind: kind ?? 'openai-compatible',
      models: models ?? ['m'],
      baseUrl: upstreams[name]!.url,
    })),
    deps: {
      planner: createRoutingPlanner({
        model: options.models ?? (() => unknown),
        isBroken: (tenant, provider) => breakers.isOpen(tenant, provider),
        latencyMs: (tenant, target, stream) => latency.latencyMs(tenant, target, stream),
      }),
      executor: createResilientExecutor({
        breakers,
        latency,
        sleep: options.sleep ?? noted,
        random: () => 0.5,
        ...(latencyClock ? { elapsedMs: () => latencyClock.now() } : {}),
      }),
      ...(options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs }),
    },
  });
  return {
    ...gateway,
    active: () => gateway.active(),
    upstreams,
    breakers,
    breakerClock,
    waits,
    calls: () =>
      Object.fromEntries(
        Object.entries(upstreams).map(([name, { requests }]) => [name, requests.length]),
      ),
    forget: () => {
      waits.length = 0;
      for (const { requests } of Object.values(upstreams)) requests.length = 0;
    },
    close: async () => {
      await gateway.close();
      await Promise.all(Object.values(upstreams).map((upstream) => upstream.close()));
    },
  };
}
