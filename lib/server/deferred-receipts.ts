import 'server-only';
import type { Receipt, ReceiptSink } from '@/lib/gateway/types';

/** A sink that knows how many receipts still wait to be stored. */
export type QueueingSink = ReceiptSink & {
  stats(): { queued: number; stored: number; dropped: number };
};

/**
 * Hands receipts on in the next turn of the event loop, when the answers of this one have been written: what a
 * conversation is kept as is found out there, and nobody waits for it.
 */
export class DeferredReceipts implements QueueingSink {
  private waiting: Receipt[] = [];

  constructor(private readonly inner: QueueingSink) {}

  write(receipt: Receipt): void {
    if (this.waiting.push(receipt) === 1) setImmediate(() => this.handOn());
  }

  async drain(): Promise<void> {
    this.handOn();
    await this.inner.drain();
  }

  stats(): { queued: number; stored: number; dropped: number } {
    const { queued, stored, dropped } = this.inner.stats();
    return { queued: queued + this.waiting.length, stored, dropped };
  }

  private handOn(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const receipt of waiting) this.inner.write(receipt);
  }
}
