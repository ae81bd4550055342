import type { AlertOutcome, DueAlert } from '@/lib/db/alerts-repository';
import { deliver, type DeliveryDeps } from './deliver';

export type DispatcherDeps = DeliveryDeps & {
  /** Takes due alerts for this replica alone, for `leaseMs`. */
  claim(limit: number, leaseMs: number): Promise<DueAlert[]>;
  settle(id: string, outcome: AlertOutcome): Promise<void>;
  onFault(error: unknown): void;
};

const BATCH = 20;
/** Longer than a delivery can take; after it an alert whose process died is due again. */
const LEASE_MS = 60_000;

/**
 * Delivers what stands in the outbox. An alert is settled after its delivery, so one whose process dies
 * in between is delivered once more under the same id, and none is lost.
 */
export class AlertDispatcher {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private stopped = false;

  constructor(private readonly deps: DispatcherDeps) {}

  start(everyMs: number): void {
    this.timer = setInterval(() => void this.run(), everyMs);
    this.timer.unref();
  }

  /** Delivers everything that is due now; never rejects. Concurrent calls share one run. */
  run(): Promise<void> {
    this.running ??= this.deliverDue()
      .catch(this.deps.onFault)
      .finally(() => {
        this.running = null;
      });
    return this.running;
  }

  /** Finishes the delivery under way and takes no more. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearInterval(this.timer);
    await this.running;
  }

  private async deliverDue(): Promise<void> {
    while (!this.stopped) {
      const due = await this.deps.claim(BATCH, LEASE_MS);
      await Promise.all(
        due.map(async (alert) => this.deps.settle(alert.id, await deliver(alert, this.deps))),
      );
      if (due.length < BATCH) return;
    }
  }
}
