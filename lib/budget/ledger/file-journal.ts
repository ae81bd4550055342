import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Periods } from '../periods';
import type { AccountKey, LedgerEntry, LedgerJournal } from './store';
import { toUnits, toUsd } from './units';

const SUFFIX = '.ledger';

type Line = { t: string; r: string; p: Periods; id: string; at: number; c: string; n: number };

/**
 * Entries in files of JSON lines, a page each, written before an answer ends. What is written is with
 * the operating system, so it outlives a kill of the process; only a crash of the machine may lose the
 * last moments.
 */
export class FileJournal implements LedgerJournal {
  private page = 0;
  private file: number | null = null;
  private oldest = 0;

  /** @param folder is made when it is missing; files in it from before stay until `replay` */
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.page = Math.max(0, ...pagesIn(folder)) + 1;
    this.oldest = this.page;
  }

  append(account: AccountKey, entry: LedgerEntry): void {
    this.file ??= openSync(this.pathOf(this.page), 'a', 0o600);
    const { tenantId, roleId, periods } = account;
    const line: Line = {
      t: tenantId,
      r: roleId,
      p: periods,
      id: entry.id,
      at: entry.at,
      c: toUsd(entry.cost),
      n: entry.tokens,
    };
    writeSync(this.file, `${JSON.stringify(line)}\n`);
  }

  turn(): () => void {
    const upTo = this.page;
    if (this.file !== null) closeSync(this.file);
    this.file = null;
    this.page += 1;
    return () => {
      for (; this.oldest <= upTo; this.oldest += 1) removeIfThere(this.pathOf(this.oldest));
    };
  }

  private pathOf(page: number): string {
    return join(this.folder, `${String(page).padStart(12, '0')}${SUFFIX}`);
  }
}

export type JournalPage = {
  entries: { account: AccountKey; entry: LedgerEntry }[];
  torn: number;
  discard(): void;
};

/**
 * Reads what a former process left behind. A last line that a kill has torn is counted and left out:
 * its answer had not ended.
 */
export function replayJournal(folder: string): JournalPage {
  const paths = pagesIn(folder).map((page) =>
    join(folder, `${String(page).padStart(12, '0')}${SUFFIX}`),
  );
  const entries: JournalPage['entries'] = [];
  let torn = 0;
  for (const path of paths) {
    for (const text of readFileSync(path, 'utf8').split('\n')) {
      if (text === '') continue;
      const line = parseLine(text);
      if (line) entries.push(line);
      else torn += 1;
    }
  }
  return { entries, torn, discard: () => paths.forEach(removeIfThere) };
}

function parseLine(text: string): JournalPage['entries'][number] | null {
  let line: Line;
  try {
    line = JSON.parse(text) as Line;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  return {
    account: { tenantId: line.t, roleId: line.r, periods: line.p },
    entry: { id: line.id, at: line.at, cost: toUnits(line.c), tokens: line.n },
  };
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
    .map((name) => Number(name.slice(0, -SUFFIX.length)))
    .sort((a, b) => a - b);
}

function removeIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
