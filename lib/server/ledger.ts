import 'server-only';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileJournal, type JournalPage, replayJournal } from '@/lib/budget/ledger/file-journal';
import { LeasedLedger } from '@/lib/budget/ledger/ledger';
import { capsOf } from '@/lib/budget/ledger/limits';
import type { AccountKey, LedgerEntry } from '@/lib/budget/ledger/store';
import { databaseLedgerStore } from '@/lib/db/budget-ledger-store';
import { withTenant } from '@/lib/db/client';
import { recordInterrupted } from '@/lib/db/interrupted-receipts';
import { readPolicy } from '@/lib/db/policies-repository';
import { PolicyUnreadableError } from '@/lib/db/policy-codec';
import type { Clock } from '@/lib/gateway/types';
import type { Log } from '@/lib/log';
import type { BudgetPolicy } from '@/lib/policy/budget/schema';
import type { RateLimitStore } from '@/lib/policy/rate-limit/store';
import { emptyPolicy } from '@/lib/policy/role-policy';

const FLUSH_EVERY_MS = 250;
const RECLAIM_EVERY_MS = 10_000;
/**
 * A replica renews its leases every few seconds; one that has not for so long is gone, and they go back:
 * with the interval above within a minute. It trusts them for less long itself.
 */
const LEASE_LOST_MS = 40_000;
/** How long a request waits for others in flight to give money back before it is refused. */
const WAIT_MS = 1_000;

export type OpenLedger = { ledger: LeasedLedger; drain(): Promise<void> };

/**
 * The budget ledger of this process. What a former process in the same data directory settled but had
 * not stored is stored first, and the leases it held go back.
 */
export async function openLedger(
  dataDir: string,
  deps: { clock: Clock; rateLimits: RateLimitStore; log: Log },
): Promise<OpenLedger> {
  const { clock, rateLimits, log } = deps;
  const folder = join(dataDir, 'ledger');
  const replicaId = replicaOf(folder);
  await storeLeftovers(replayJournal(folder), replicaId, log);
  await databaseLedgerStore.releaseReplica(replicaId);
  const onFault = (error: unknown) =>
    log.error({ err: error }, 'budget entries could not be stored; they are kept and tried again');
  const ledger = new LeasedLedger({
    store: databaseLedgerStore,
    journal: new FileJournal(folder),
    replicaId,
    clock,
    waitMs: WAIT_MS,
    rateLimits,
    onFault,
  });
  ledger.start(FLUSH_EVERY_MS);
  const reclaim = setInterval(() => {
    databaseLedgerStore.reclaim(LEASE_LOST_MS).catch(onFault);
  }, RECLAIM_EVERY_MS);
  reclaim.unref();
  return {
    ledger,
    drain: async () => {
      clearInterval(reclaim);
      await ledger.drain();
    },
  };
}

async function storeLeftovers(
  { entries, torn, discard }: JournalPage,
  replicaId: string,
  log: Log,
): Promise<void> {
  for (const { account, entries: own } of byAccount(entries)) {
    // The role's policy, so that an alert that was due at the kill is sent now.
    const policy = await budgetPolicyOf(account);
    await databaseLedgerStore.settle({
      ...account,
      replicaId,
      caps: capsOf(policy),
      entries: own,
      giveBack: 0n,
      policy,
    });
  }
  const interrupted = await recordInterrupted(entries);
  if (entries.length > 0)
    log.warn(
      { entries: entries.length, torn, interrupted },
      'stored budget entries that a former process left behind',
    );
  discard();
}

function byAccount(entries: JournalPage['entries']) {
  const accounts = new Map<string, { account: AccountKey; entries: LedgerEntry[] }>();
  for (const { account, entry } of entries) {
    const { roleId, periods } = account;
    const id = `${roleId} ${periods.day.startsAt} ${periods.day.endsAt}`;
    const known = accounts.get(id) ?? { account, entries: [] };
    known.entries.push(entry);
    accounts.set(id, known);
  }
  return accounts.values();
}

async function budgetPolicyOf({ tenantId, roleId }: AccountKey): Promise<BudgetPolicy> {
  try {
    const stored = await withTenant(tenantId, (tx) => readPolicy(tx, tenantId, roleId));
    return (stored?.policy ?? emptyPolicy).budgetPolicy;
  } catch (error) {
    // Such a role is refused every request; its spend is counted all the same.
    if (error instanceof PolicyUnreadableError) return emptyPolicy.budgetPolicy;
    throw error;
  }
}

/** Stays the same over restarts, so that a process knows the leases of the one before it. */
function replicaOf(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'replica');
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const id = randomUUID();
  writeFileSync(path, `${id}\n`, { mode: 0o600 });
  return id;
}
