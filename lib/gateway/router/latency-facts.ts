import type { Clock, Target } from '@/lib/gateway/types';
import { targetName } from './facts';
import { LatencyBook } from './latency-book';

/** An attempt whose latency is being measured; called once, null when it failed, undefined when it tells nothing of the target. */
export type LatencyMeasurement = {
  end(measured: { ms: number; outputTokens: number } | null | undefined): void;
};

/**
 * Recent latency of a tenant's targets, streams and whole answers apart: of a stream the time to the
 * first token, of a whole answer its time per output token, shown as the time of an answer of the
 * tenant's usual length so that both are milliseconds.
 */
export class LatencyFacts {
  private readonly firstToken: LatencyBook;
  private readonly perToken: LatencyBook;
  private readonly usualTokens = new Map<string, number>();

  constructor(clock: Clock) {
    this.firstToken = new LatencyBook(clock);
    this.perToken = new LatencyBook(clock);
  }

  latencyMs(tenantId: string, target: Target, stream: boolean): number | null {
    const key = keyOf(tenantId, target);
    if (stream) {
      const estimate = this.firstToken.estimate(key);
      if (estimate === null) return null;
      const waiting = this.firstToken.waitingMs(key);
      // Somewhat late is no news; far too late counts before the answer is there.
      return waiting > Math.max(4 * estimate, estimate + 100) ? waiting : estimate;
    }
    const estimate = this.perToken.estimate(key);
    return estimate === null ? null : estimate * (this.usualTokens.get(tenantId) ?? 1);
  }

  start(tenantId: string, target: Target, stream: boolean): LatencyMeasurement {
    const probe = (stream ? this.firstToken : this.perToken).start(keyOf(tenantId, target));
    return {
      end: (measured) => {
        if (!measured) return probe.end(measured);
        if (stream) return probe.end(measured.ms);
        const tokens = Math.max(1, measured.outputTokens);
        const usual = this.usualTokens.get(tenantId);
        this.usualTokens.set(
          tenantId,
          usual === undefined ? tokens : usual + 0.1 * (tokens - usual),
        );
        probe.end(measured.ms / tokens);
      },
    };
  }
}

function keyOf(tenantId: string, target: Target): string {
  return `${tenantId} ${targetName(target)}`;
}
