import type { BudgetPolicy } from '@/lib/policy/budget/schema';
import type { BudgetWindow, Periods } from '../periods';
import type { Units } from './units';

/** A role's spend in one triple of day, week and month. */
export type AccountKey = { tenantId: string; roleId: string; periods: Periods };

/** Most that may be settled and leased together in a window, buffer included; null: unlimited. */
export type Caps = Record<BudgetWindow, Units | null>;
export type Totals = Record<BudgetWindow, Units>;

/**
 * What one attempt cost. `id` is unique for ever: an entry that comes twice counts once. It is the
 * request's id, a slash and a number from 1, so that requests can be counted too.
 */
export type LedgerEntry = {
  id: string;
  /** When the request was admitted, milliseconds since the epoch. */
  at: number;
  cost: Units;
  tokens: number;
};

export type LeaseRequest = AccountKey & {
  replicaId: string;
  caps: Caps;
  /** With less than this nothing can be done, so nothing is granted. */
  needed: Units;
  /** What would serve all who wait, at least `needed`. More is granted while much is left. */
  wanted: Units;
  /** Unused money of this replica's lease that goes back first. */
  giveBack: Units;
};
export type LeaseGrant = {
  /** 0 when not even `needed` is left. */
  granted: Units;
  /** Settled by all replicas. */
  settled: Totals;
  /** What is left in the tightest window before the grant, and which one that is. */
  available: Units;
  tightest: BudgetWindow | null;
};

export type SettleRequest = AccountKey & {
  replicaId: string;
  caps: Caps;
  entries: readonly LedgerEntry[];
  giveBack: Units;
  /** For alerts: what the role's limits, thresholds and channels are now. */
  policy: BudgetPolicy;
  /** Windows in which requests are refused although a remainder too small for them is left: used up, for alerts. */
  usedUp?: readonly BudgetWindow[];
  /** Looks for levels that were crossed although nothing was spent: the limits have changed. */
  recheck?: boolean;
};
export type SettleResult = {
  settled: Totals;
  /** What this replica's lease still holds; less than expected when it was reclaimed. */
  held: Units;
};

/**
 * Where balances are kept. In every window `settled + leased <= cap` holds at all times; only money that
 * was really spent may pass a cap (a provider that bills more than its worst case), and is counted apart.
 */
export interface LedgerStore {
  /** Settled in each window. One that nobody spent in before begins with what other calendars put into it. */
  totals(account: AccountKey): Promise<Totals>;
  lease(request: LeaseRequest): Promise<LeaseGrant>;
  /** One transaction: entries, balances, usage tables and alerts. Also renews the replica's lease. */
  settle(request: SettleRequest): Promise<SettleResult>;
  /** Gives back what replicas held that have not renewed for `olderThanMs`. */
  reclaim(olderThanMs: number): Promise<void>;
  /** Gives back all that a replica held: at its start, after its journal was replayed. */
  releaseReplica(replicaId: string): Promise<void>;
}

/** Survives a kill of the process: entries are in it before an answer's last byte is sent. */
export interface LedgerJournal {
  append(account: AccountKey, entry: LedgerEntry): void;
  /** Starts a new page; the returned function discards all before it, once it is stored elsewhere. */
  turn(): () => void;
}
