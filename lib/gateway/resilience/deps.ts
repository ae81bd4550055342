import type { LatencyFacts } from '../router/latency-facts';
import type { Breakers } from './breaker';

/** Resolves after `ms`, or rejects with the signal's reason when it is aborted first. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

export type ResilienceDeps = {
  breakers: Breakers;
  /** Told of every attempt, for the latency strategy. */
  latency: Pick<LatencyFacts, 'start'>;
  sleep: Sleep;
  /** 0 to 1. */
  random: () => number;
  /** Milliseconds from any point on, never going back; by it latencies are measured. Default: the process's. */
  elapsedMs?: () => number;
};
