import 'server-only';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { withSystemSql } from '@/lib/db/client';
import { bareReceiptRow, insertReceiptRows } from '@/lib/db/request-log-repository';
import type { Receipt, ReceiptSink } from '@/lib/gateway/types';
import type { Log } from '@/lib/log';
import type { QueueingSink } from './deferred-receipts';

const SUFFIX = '.receipts';
const BATCH_ROWS = 500;

/**
 * Receipts that cost money stand in a file before their answer ends, so that after a kill they agree
 * with the ledger, which is written as early. Conversations are left out: only the receipt is kept.
 */
export class JournaledReceipts implements ReceiptSink {
  private page: number;
  private file: number | null = null;
  private readonly timer: NodeJS.Timeout;
  /** Pages that are written, and how many receipts have to be stored before they may go. */
  private readonly full: { page: number; after: number }[] = [];

  constructor(
    private readonly folder: string,
    private readonly inner: QueueingSink,
    private readonly log: Log,
    turnEveryMs = 1_000,
  ) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.page = Math.max(0, ...pagesIn(folder)) + 1;
    this.timer = setInterval(() => this.turn(), turnEveryMs);
    this.timer.unref();
  }

  write(receipt: Receipt): void {
    const row = Number(receipt.costUsd ?? 0) > 0 ? this.append(receipt) : undefined;
    this.inner.write(receipt, row);
  }

  async drain(): Promise<void> {
    clearInterval(this.timer);
    await this.inner.drain();
    this.turn();
  }

  /** The row that it has written, so that nobody makes it again. */
  private append(receipt: Receipt): string | undefined {
    try {
      const row = bareReceiptRow(receipt);
      this.file ??= openSync(pathOf(this.folder, this.page), 'a', 0o600);
      writeSync(this.file, `${row}\n`);
      return row;
    } catch (error) {
      this.log.error(
        { err: error },
        'a receipt could not be written ahead; it is stored all the same',
      );
      return undefined;
    }
  }

  /** Begins a new page; an old one goes once all that was queued up to its end is stored. */
  private turn(): void {
    const { queued, stored, dropped } = this.inner.stats();
    if (this.file !== null) {
      closeSync(this.file);
      this.file = null;
      this.full.push({ page: this.page, after: stored + dropped + queued });
      this.page += 1;
    }
    while (this.full[0] && this.full[0].after <= stored + dropped) {
      rmSync(pathOf(this.folder, this.full[0].page), { force: true });
      this.full.shift();
    }
  }
}

/**
 * Stores the receipts that a killed process left behind. One that is there already stays as it is, and
 * a line that the kill has torn is left out: its answer had not ended.
 */
export async function storeLeftReceipts(folder: string, log: Log): Promise<void> {
  const pages = pagesIn(folder);
  const rows = pages.flatMap((page) =>
    readFileSync(pathOf(folder, page), 'utf8').split('\n').filter(isWhole),
  );
  for (let from = 0; from < rows.length; from += BATCH_ROWS)
    await withSystemSql((sql) => insertReceiptRows(sql, rows.slice(from, from + BATCH_ROWS)));
  for (const page of pages) rmSync(pathOf(folder, page), { force: true });
  if (rows.length > 0)
    log.warn({ receipts: rows.length }, 'stored receipts that a former process left behind');
}

function isWhole(line: string): boolean {
  if (line === '') return false;
  try {
    JSON.parse(line);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function pathOf(folder: string, page: number): string {
  return join(folder, `${String(page).padStart(12, '0')}${SUFFIX}`);
}

function pagesIn(folder: string): number[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return names
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => Number(name.slice(0, -SUFFIX.length)));
}
