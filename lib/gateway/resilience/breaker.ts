import type { Clock } from '@/lib/gateway/types';

export type BreakerState = 'closed' | 'open' | 'half_open';

/** What is known of one tenant's provider; times in milliseconds since the epoch. */
export type BreakerRecord = {
  tenantId: string;
  provider: string;
  state: BreakerState;
  /** Consecutive failures. */
  failureCount: number;
  lastFailureAt: number | null;
  openedAt: number | null;
  /** How long it stays open, by the policy that opened it. */
  timeoutMs: number;
};

/** Limits of the policy under which a request runs; the state is the provider's, the limits are the role's. */
export type BreakerLimits = { threshold: number; timeoutMs: number };

/** Leave to make one attempt; exactly one of the three is told how it went, further calls do nothing. */
export type BreakerPermit = {
  /** This attempt is the one that probes a half-open breaker. */
  probe: boolean;
  succeeded(): void;
  failed(): void;
  /** The attempt tells nothing of the provider: the client went away, or the request was at fault. */
  unknown(): void;
};
export type BreakerRefusal = {
  retryAfterMs: number;
  /** While a probe is under way: resolves when it has told how it went, or that it tells nothing. */
  probed?: Promise<void>;
};

type Admission = BreakerPermit | BreakerRefusal;

export interface Breakers {
  admit(tenantId: string, provider: string, limits: BreakerLimits): Admission | Promise<Admission>;
  /** Whether `admit` would refuse now, for planning. */
  isOpen(tenantId: string, provider: string): boolean;
  list(tenantId: string): BreakerRecord[];
  /** Closes a breaker by hand. False when the tenant has none of this provider. */
  reset(tenantId: string, provider: string): boolean;
}

type Cell = BreakerRecord & {
  /** When the probe that is under way was let out; null when none is. */
  probeSince: number | null;
  probeEnd: { promise: Promise<void>; resolve(): void } | null;
};

/** A probe that never reports (its process died, its promise was lost) is given up after this long. */
export const PROBE_LOST_MS = 120_000;

/**
 * Circuit breakers of all tenants and providers in this process (Nygard, Release It!, 2nd ed., ch. 5):
 * `threshold` consecutive failures open one; after the timeout one probe is let through, whose success
 * closes it and whose failure opens it anew. All methods are synchronous, so that of any number of
 * concurrent requests exactly one becomes the probe.
 */
export class MemoryBreakers implements Breakers {
  private readonly cells = new Map<string, Cell>();

  /** @param changed is told of every change of state, to be written down; must not throw. */
  constructor(
    private readonly clock: Clock,
    private readonly changed: (record: BreakerRecord) => void = () => undefined,
  ) {}

  admit(tenantId: string, provider: string, limits: BreakerLimits): BreakerPermit | BreakerRefusal {
    const cell = this.cells.get(keyOf(tenantId, provider));
    if (!cell || cell.state === 'closed') return this.permit(tenantId, provider, limits, false);
    const waitMs = this.waitMs(cell);
    if (waitMs > 0) {
      const probed = cell.probeEnd?.promise;
      return { retryAfterMs: waitMs, ...(probed ? { probed } : {}) };
    }
    this.endProbe(cell);
    cell.probeSince = this.clock.now();
    cell.probeEnd = deferred();
    this.become(cell, 'half_open');
    return this.permit(tenantId, provider, limits, true);
  }

  isOpen(tenantId: string, provider: string): boolean {
    const cell = this.cells.get(keyOf(tenantId, provider));
    return cell !== undefined && cell.state !== 'closed' && this.waitMs(cell) > 0;
  }

  list(tenantId: string): BreakerRecord[] {
    return [...this.cells.values()].filter((cell) => cell.tenantId === tenantId).map(recordOf);
  }

  reset(tenantId: string, provider: string): boolean {
    const cell = this.cells.get(keyOf(tenantId, provider));
    if (!cell) return false;
    this.close(cell);
    return true;
  }

  /** Takes over what was written down before a restart. */
  load(records: readonly BreakerRecord[]): void {
    for (const record of records) {
      // A probe of the former process is lost with it.
      const state = record.state === 'half_open' ? 'open' : record.state;
      this.cells.set(keyOf(record.tenantId, record.provider), {
        ...record,
        state,
        probeSince: null,
        probeEnd: null,
      });
    }
  }

  private permit(
    tenantId: string,
    provider: string,
    limits: BreakerLimits,
    probe: boolean,
  ): BreakerPermit {
    let told = false;
    const once = (tell: () => void) => () => {
      if (told) return;
      told = true;
      tell();
    };
    return {
      probe,
      succeeded: once(() => this.succeeded(tenantId, provider, probe)),
      failed: once(() => this.failed(tenantId, provider, limits, probe)),
      unknown: once(() => this.probeGone(tenantId, provider, probe)),
    };
  }

  private succeeded(tenantId: string, provider: string, probe: boolean): void {
    const cell = this.cells.get(keyOf(tenantId, provider));
    if (!cell) return;
    // An answer to a request from before the breaker opened says nothing of the provider's health now.
    if (cell.state !== 'closed' && !probe) return;
    if (cell.state !== 'closed' || cell.failureCount > 0) this.close(cell);
  }

  private failed(tenantId: string, provider: string, limits: BreakerLimits, probe: boolean): void {
    const key = keyOf(tenantId, provider);
    const now = this.clock.now();
    let cell = this.cells.get(key);
    if (!cell) {
      cell = {
        tenantId,
        provider,
        state: 'closed',
        failureCount: 0,
        lastFailureAt: null,
        openedAt: null,
        timeoutMs: limits.timeoutMs,
        probeSince: null,
        probeEnd: null,
      };
      this.cells.set(key, cell);
    }
    cell.failureCount += 1;
    cell.lastFailureAt = now;
    const opens = probe
      ? cell.state === 'half_open'
      : cell.state === 'closed' && cell.failureCount >= limits.threshold;
    if (!opens) return;
    cell.timeoutMs = limits.timeoutMs;
    cell.openedAt = now;
    this.become(cell, 'open');
    this.endProbe(cell);
  }

  private probeGone(tenantId: string, provider: string, probe: boolean): void {
    const cell = this.cells.get(keyOf(tenantId, provider));
    if (!probe || cell?.state !== 'half_open') return;
    // The next request probes at once: the timeout has passed already.
    this.endProbe(cell);
  }

  private waitMs(cell: Cell): number {
    const now = this.clock.now();
    if (cell.state === 'open') return Math.max(0, (cell.openedAt ?? 0) + cell.timeoutMs - now);
    return cell.probeSince === null ? 0 : Math.max(0, cell.probeSince + PROBE_LOST_MS - now);
  }

  private close(cell: Cell): void {
    cell.failureCount = 0;
    cell.openedAt = null;
    this.become(cell, 'closed');
    this.endProbe(cell);
  }

  /** Whoever waits for the probe sees the state that it led to. */
  private endProbe(cell: Cell): void {
    cell.probeSince = null;
    cell.probeEnd?.resolve();
    cell.probeEnd = null;
  }

  private become(cell: Cell, state: BreakerState): void {
    cell.state = state;
    this.changed(recordOf(cell));
  }
}

function keyOf(tenantId: string, provider: string): string {
  return `${tenantId} ${provider}`;
}

function recordOf({ probeSince: _since, probeEnd: _end, ...record }: Cell): BreakerRecord {
  return record;
}

function deferred(): { promise: Promise<void>; resolve(): void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve: () => resolve() };
}
