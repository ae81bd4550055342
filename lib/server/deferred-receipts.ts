import 'server-only';
import type { Receipt, ReceiptSink } from '@/lib/gateway/types';

/** A sink that knows how many receipts still wait to be stored, and takes a row that has been made already. */
export type QueueingSink = ReceiptSink & {
  write(receipt: Receipt, bareRow?: string): void;
  stats(): { queued: number; stored: number; dropped: number };
};

export type DeferredReceiptsOptions = {
  /** So long a turn may take, so that answers do not wait for the receipts of others. */
  turnMs?: number;
  /** So many may wait; whoever brings one more pays for one, and no conversation is kept in memory without bound. */
  maxWaiting?: number;
  /** Milliseconds from any point on. */
  elapsedMs?: () => number;
};

type Waiting = { receipt: Receipt; bareRow: string | undefined };

/**
 * Hands receipts on in the next turns of the event loop, when the answers of this one have been written: what a
 * conversation is kept as is found out there, and nobody waits for it.
 */
export class DeferredReceipts implements QueueingSink {
  private readonly waiting: Waiting[] = [];
  private scheduled = false;
  private readonly options: Required<DeferredReceiptsOptions>;

  constructor(
    private readonly inner: QueueingSink,
    options: DeferredReceiptsOptions = {},
  ) {
    this.options = {
      turnMs: 4,
      maxWaiting: 1_000,
      elapsedMs: () => performance.now(),
      ...options,
    };
  }

  write(receipt: Receipt, bareRow?: string): void {
    this.waiting.push({ receipt, bareRow });
    if (this.waiting.length > this.options.maxWaiting) this.handOnOne();
    this.schedule();
  }

  async drain(): Promise<void> {
    while (this.waiting.length > 0) this.handOnOne();
    await this.inner.drain();
  }

  stats(): { queued: number; stored: number; dropped: number } {
    const { queued, stored, dropped } = this.inner.stats();
    return { queued: queued + this.waiting.length, stored, dropped };
  }

  private schedule(): void {
    if (this.scheduled || this.waiting.length === 0) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.handOnSome();
      this.schedule();
    });
  }

  private handOnSome(): void {
    const { turnMs, elapsedMs } = this.options;
    const until = elapsedMs() + turnMs;
    do this.handOnOne();
    while (this.waiting.length > 0 && elapsedMs() < until);
  }

  private handOnOne(): void {
    const entry = this.waiting.shift();
    if (entry) this.inner.write(entry.receipt, entry.bareRow);
  }
}
