import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { periodsAt } from '../periods';
import { FileJournal, replayJournal } from './file-journal';
import type { AccountKey, LedgerEntry } from './store';
import { toUnits } from './units';

const folders: string[] = [];
const folder = (): string => {
  const made = join(mkdtempSync(join(tmpdir(), 'journal ')), 'ledger');
  folders.push(made);
  return made;
};
afterEach(() =>
  folders.splice(0).forEach((each) => rmSync(each, { recursive: true, force: true })),
);

const ACCOUNT: AccountKey = {
  tenantId: 't',
  roleId: 'r',
  periods: periodsAt(Date.UTC(2026, 5, 1), 'UTC'),
};
const entry = (id: string): LedgerEntry => ({
  id,
  at: 1,
  cost: toUnits('0.0000000001'),
  tokens: 7,
});

describe('FileJournal', () => {
  it('gives back to the next process exactly what was appended', () => {
    const place = folder();
    const journal = new FileJournal(place);
    journal.append(ACCOUNT, entry('a'));
    journal.turn();
    journal.append(ACCOUNT, entry('b'));
    expect(replayJournal(place)).toMatchObject({
      entries: [
        { account: ACCOUNT, entry: entry('a') },
        { account: ACCOUNT, entry: entry('b') },
      ],
      torn: 0,
    });
  });

  it('discards a page only once what follows it is on another', () => {
    const place = folder();
    const journal = new FileJournal(place);
    journal.append(ACCOUNT, entry('a'));
    const discard = journal.turn();
    journal.append(ACCOUNT, entry('b'));
    discard();
    expect(replayJournal(place).entries.map((each) => each.entry.id)).toEqual(['b']);
  });

  it('leaves out a line that was torn by a kill, and counts it', () => {
    const place = folder();
    const journal = new FileJournal(place);
    journal.append(ACCOUNT, entry('a'));
    appendFileSync(join(place, readdirSync(place)[0]!), '{"t":"t","r":');
    expect(replayJournal(place)).toMatchObject({ entries: [{ entry: { id: 'a' } }], torn: 1 });
  });

  it('never writes over pages that a former process left', () => {
    const place = folder();
    new FileJournal(place).append(ACCOUNT, entry('old'));
    const former = replayJournal(place);
    const journal = new FileJournal(place);
    journal.append(ACCOUNT, entry('new'));
    former.discard();
    expect(replayJournal(place).entries.map((each) => each.entry.id)).toEqual(['new']);
  });

  it('finds nothing where nothing is', () => {
    expect(replayJournal(folder())).toMatchObject({ entries: [], torn: 0 });
  });
});
