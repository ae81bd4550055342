import 'server-only';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { GatewayObserver } from '@/lib/gateway/ports';

export type GatewayMetrics = {
  observer: GatewayObserver;
  /** Chat requests being answered. */
  inFlight(): number;
  /** Resolves when none is, or after `ms`. */
  idle(ms: number): Promise<void>;
  contentType: string;
  /** The metrics in Prometheus' text format. */
  render(): Promise<string>;
};

/** What the answer cache holds, and what became of its rows since the start. */
export type CacheFigures = { bytes: number; stored: number; dropped: number; corrupt: number };

/** Up to ten minutes, because that is what a long stream may take. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600];

/**
 * Counts of the gateway plane. Labels are bounded: kinds of provider, codes, cache states; never a
 * tenant, a key, a connection's name or a model, which callers can invent.
 */
export function createGatewayMetrics(cache?: () => CacheFigures): GatewayMetrics {
  let inFlight = 0;
  const waiting = new Set<() => void>();
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Counter({
    name: 'rolegate_requests_total',
    help: 'Chat requests by outcome.',
    labelNames: ['status', 'code', 'stream', 'provider_kind', 'cache'],
    registers,
  });
  const duration = new Histogram({
    name: 'rolegate_request_duration_seconds',
    help: 'From the arrival of a chat request to the end of its answer.',
    labelNames: ['stream', 'outcome'],
    buckets: SECONDS,
    registers,
  });
  const attempts = new Counter({
    name: 'rolegate_upstream_attempts_total',
    help: 'Calls made to providers.',
    labelNames: ['provider_kind'],
    registers,
  });
  const tokens = new Counter({
    name: 'rolegate_tokens_total',
    help: 'Tokens of answered requests.',
    labelNames: ['direction', 'provider_kind'],
    registers,
  });
  new Gauge({
    name: 'rolegate_requests_in_flight',
    help: 'Chat requests being answered.',
    registers,
    collect() {
      this.set(inFlight);
    },
  });
  if (cache) registerCache(cache, registers);
  return {
    inFlight: () => inFlight,
    idle: (ms) =>
      new Promise((resolve) => {
        const done = () => {
          clearTimeout(late);
          waiting.delete(done);
          resolve();
        };
        const late = setTimeout(done, ms);
        waiting.add(done);
        if (inFlight === 0) done();
      }),
    observer: {
      started() {
        inFlight += 1;
      },
      finished({ status, code, stream, kind, cache, attempts: made, tokens: used, latencyMs }) {
        inFlight -= 1;
        if (inFlight === 0) waiting.forEach((done) => done());
        const provider_kind = kind ?? 'none';
        const streamed = String(stream);
        requests.inc({ status, code: code ?? 'ok', stream: streamed, provider_kind, cache });
        duration.observe({ stream: streamed, outcome: outcomeOf(status) }, latencyMs / 1000);
        if (made > 0) attempts.inc({ provider_kind }, made);
        if (used.input > 0) tokens.inc({ direction: 'input', provider_kind }, used.input);
        if (used.output > 0) tokens.inc({ direction: 'output', provider_kind }, used.output);
      },
    },
    contentType: registry.contentType,
    render: () => registry.metrics(),
  };
}

function registerCache(read: () => CacheFigures, registers: Registry[]): void {
  new Gauge({
    name: 'rolegate_cache_bytes',
    help: 'Memory of all cached answers together.',
    registers,
    collect() {
      this.set(read().bytes);
    },
  });
  new Counter({
    name: 'rolegate_cache_rows_total',
    help: 'Stored answers: written, not written for want of room or by fault, and found corrupt when read.',
    labelNames: ['outcome'],
    registers,
    collect() {
      this.reset();
      const { stored, dropped, corrupt } = read();
      for (const [outcome, count] of Object.entries({ stored, dropped, corrupt }))
        this.inc({ outcome }, count);
    },
  });
}

function outcomeOf(status: number): string {
  if (status < 400) return 'answered';
  return status < 500 ? 'refused' : 'failed';
}
