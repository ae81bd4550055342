import 'server-only';
import { setTimeout as delay } from 'node:timers/promises';
import type { Receipt, ReceiptSink } from '@/lib/gateway/types';
import { log } from '@/lib/log';
import { withSystemSql } from './client';
import {
  bareReceiptRow,
  ensureRequestLogPartitions,
  insertReceiptRows,
  rowWithContent,
} from './request-log-repository';

export type ReceiptWriterOptions = {
  /** Longest time a receipt waits for others. */
  flushMs?: number;
  /** A batch of this many rows or bytes does not wait. */
  maxBatchRows?: number;
  maxBatchBytes?: number;
  /** While the database is away receipts are kept up to this; later ones are dropped, counted and logged. */
  maxQueuedRows?: number;
  maxQueuedBytes?: number;
  /** Stores rows of `receiptRow`, all or none; for tests. */
  store?: (rows: readonly string[]) => Promise<void>;
};

export type ReceiptWriterStats = {
  queued: number;
  queuedBytes: number;
  stored: number;
  dropped: number;
  failedFlushes: number;
  /** Receipts stored without the conversation that they should have had. */
  contentOmitted: number;
};

type Row = { text: string; bytes: number };

const BACKOFF_MS = { first: 100, max: 5_000 };
const PARTITION_CHECK_MS = 60 * 60_000;
/** Classes of SQLSTATE that a further try of the same row cannot mend: data exception, integrity, program limit. */
const HOPELESS = ['22', '23', '54'];

/**
 * Stores receipts in batches, off the hot path. A batch that fails is kept and tried again until the database is back;
 * only a row that the database refuses for what it is, and what comes while the queue is full, is given up, and said so.
 */
export class ReceiptWriter implements ReceiptSink {
  private readonly options: Required<ReceiptWriterOptions>;
  private queue: Row[] = [];
  private queuedBytes = 0;
  private stored = 0;
  private dropped = 0;
  private failedFlushes = 0;
  private contentOmitted = 0;
  private timer: NodeJS.Timeout | null = null;
  private flushing: Promise<void> | null = null;

  constructor(options: ReceiptWriterOptions = {}) {
    this.options = {
      flushMs: 200,
      maxBatchRows: 500,
      maxBatchBytes: 8 * 2 ** 20,
      maxQueuedRows: 100_000,
      maxQueuedBytes: 256 * 2 ** 20,
      store: storeReceipts(),
      ...options,
    };
  }

  /** @param bareRow the row without content, where it has been made already */
  write(receipt: Receipt, bareRow?: string): void {
    let row: Row;
    try {
      const text = this.rowOf(receipt, bareRow ?? bareReceiptRow(receipt));
      row = { text, bytes: Buffer.byteLength(text) };
    } catch (error) {
      this.dropped += 1;
      log().error(
        { err: error, request: receipt.id },
        'a receipt cannot be written as JSON and is lost',
      );
      return;
    }
    const { maxQueuedRows, maxQueuedBytes, maxBatchRows, maxBatchBytes, flushMs } = this.options;
    if (this.queue.length >= maxQueuedRows || this.queuedBytes + row.bytes > maxQueuedBytes) {
      this.dropped += 1;
      // Once a thousand: the log must not become the next thing that fills up.
      if (this.dropped % 1_000 === 1)
        log().error(this.stats(), 'the queue of receipts is full; receipts are lost');
      return;
    }
    this.queue.push(row);
    this.queuedBytes += row.bytes;
    if (this.flushing) return;
    if (this.queue.length >= maxBatchRows || this.queuedBytes >= maxBatchBytes) void this.flush();
    else this.timer ??= setTimeout(() => void this.flush(), flushMs).unref();
  }

  async drain(): Promise<void> {
    while (this.queue.length > 0) await (this.flushing ?? this.flush());
  }

  /** For metrics: how far the writing lags behind, and what was given up. */
  stats(): ReceiptWriterStats {
    const { queuedBytes, stored, dropped, failedFlushes, contentOmitted } = this;
    return {
      queued: this.queue.length,
      queuedBytes,
      stored,
      dropped,
      failedFlushes,
      contentOmitted,
    };
  }

  /** What cannot be read for personal data is not stored; the receipt is, without it. */
  private rowOf(receipt: Receipt, bareRow: string): string {
    try {
      return rowWithContent(bareRow, receipt);
    } catch (error) {
      this.contentOmitted += 1;
      // Its message may quote the conversation.
      const name = error instanceof Error ? error.name : typeof error;
      log().error(
        { error: name, request: receipt.id },
        'the conversation of a request could not be made ready for its receipt and is left out',
      );
      return bareRow;
    }
  }

  /** Stores what is queued now, and whatever fills a further batch meanwhile. */
  private flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.flushing ??= this.storeAll().finally(() => {
      this.flushing = null;
      if (this.queue.length > 0)
        this.timer ??= setTimeout(() => void this.flush(), this.options.flushMs).unref();
    });
    return this.flushing;
  }

  private async storeAll(): Promise<void> {
    let backoffMs = BACKOFF_MS.first;
    let wanted = this.queue.length;
    while (wanted > 0 || this.queue.length >= this.options.maxBatchRows) {
      const batch = this.nextBatch();
      if (batch.length === 0) return;
      try {
        await this.storeBatch(batch);
        // Rows leave the queue only now: until then they count, and a drain waits for them.
        this.queue.splice(0, batch.length);
        this.queuedBytes -= sizeOf(batch);
        wanted -= batch.length;
        backoffMs = BACKOFF_MS.first;
      } catch (error) {
        this.failedFlushes += 1;
        log().warn(
          { err: error, ...this.stats() },
          'receipts cannot be stored; they are kept and tried again',
        );
        await delay(backoffMs);
        backoffMs = Math.min(backoffMs * 2, BACKOFF_MS.max);
      }
    }
  }

  private nextBatch(): Row[] {
    const { maxBatchRows, maxBatchBytes } = this.options;
    let bytes = 0;
    const end = this.queue.findIndex((row, index) => {
      bytes += row.bytes;
      return index > 0 && (index >= maxBatchRows || bytes > maxBatchBytes);
    });
    return end === -1 ? this.queue.slice() : this.queue.slice(0, end);
  }

  /** Halves a batch that the database refuses for its content, until only the row at fault is left out. */
  private async storeBatch(batch: Row[]): Promise<void> {
    try {
      await this.options.store(batch.map((row) => row.text));
      this.stored += batch.length;
    } catch (error) {
      if (!isHopeless(error)) throw error;
      if (batch.length === 1) {
        this.dropped += 1;
        log().error({ err: error }, 'the database refuses a receipt for its content; it is lost');
        return;
      }
      const half = Math.ceil(batch.length / 2);
      await this.storeBatch(batch.slice(0, half));
      await this.storeBatch(batch.slice(half));
    }
  }
}

function sizeOf(rows: Row[]): number {
  return rows.reduce((sum, row) => sum + row.bytes, 0);
}

function isHopeless(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code.length === 5 && HOPELESS.includes(code.slice(0, 2));
}

/** Into the request log; its partitions are made ahead on the way. */
function storeReceipts(): (rows: readonly string[]) => Promise<void> {
  let partitionsCheckedAt = Number.NEGATIVE_INFINITY;
  return async (rows) => {
    if (performance.now() - partitionsCheckedAt > PARTITION_CHECK_MS) {
      partitionsCheckedAt = performance.now();
      try {
        await withSystemSql((sql) => ensureRequestLogPartitions(sql));
      } catch (error) {
        // Not fatal: the default partition takes what has no month.
        log().warn({ err: error }, 'partitions of the request log could not be made');
      }
    }
    await withSystemSql((sql) => insertReceiptRows(sql, rows));
  };
}
