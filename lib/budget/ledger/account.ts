import type { Clock } from '@/lib/gateway/types';
import type { BudgetPolicy } from '@/lib/policy/budget/schema';
import { BUDGET_WINDOWS, type BudgetWindow } from '../periods';
import { capsOf, isCapped, sameCaps } from './limits';
import type { AccountKey, Caps, LedgerEntry, LedgerJournal, LedgerStore, Totals } from './store';
import { maxUnits, type Units } from './units';

/** Money set aside for one attempt. */
export type Reservation = { amount: Units };
export type Exhausted = { window: BudgetWindow };

export type AccountDeps = {
  store: LedgerStore;
  journal: LedgerJournal;
  replicaId: string;
  clock: Clock;
  /** How long a request waits for others in flight to settle before it is refused, milliseconds. */
  waitMs: number;
};

type Waiter = { amount: Units; grant(reservation: Reservation): void };

/** After the store has said that nothing is left it is not asked again for this long, milliseconds. */
const REFUSED_FOR_MS = 200;
/** A lease that could not be renewed for this long may have been reclaimed, and is not spent from any more. */
const LEASE_TRUSTED_MS = 30_000;

/**
 * One role's budget in this process for one day: money leased from the store, spent from by reserving
 * and settling without waiting. All but `reserve`, `load` and `flush` is synchronous, so that no two
 * requests can take the same cent.
 */
export class RoleAccount {
  private free: Units = 0n;
  private reserved: Units = 0n;
  /** What those want that wait for a lease. */
  private demand: Units = 0n;
  private giveBack: Units = 0n;
  private entries: LedgerEntry[] = [];
  private unflushed: Units = 0n;
  private settled: Totals = { day: 0n, week: 0n, month: 0n };
  private caps: Caps;
  private tightest: BudgetWindow = 'day';
  private waiters: Waiter[] = [];
  private refilling: Promise<void> | null = null;
  private loading: Promise<void> | null = null;
  private flushing: Promise<void> | null = null;
  private refusedUntil = 0;
  /** How many leases were drawn. */
  private leases = 0;
  private trustedUntil: number;
  lastUsedAt: number;

  constructor(
    readonly key: AccountKey,
    private policy: BudgetPolicy,
    private readonly deps: AccountDeps,
  ) {
    this.caps = capsOf(policy);
    this.lastUsedAt = deps.clock.now();
    this.trustedUntil = this.lastUsedAt + LEASE_TRUSTED_MS;
  }

  /** Reads what was spent before this process knew of the role; once. Rejects while the store can't be read. */
  load(): Promise<void> {
    this.loading ??= this.deps.store.totals(this.key).then(
      (totals) => void (this.settled = totals),
      (error: unknown) => {
        this.loading = null;
        throw error;
      },
    );
    return this.loading;
  }

  /** Puts a policy in force. New caps count at once against what is already spent. */
  adopt(policy: BudgetPolicy): void {
    this.lastUsedAt = this.deps.clock.now();
    if (policy === this.policy) return;
    const caps = capsOf(policy);
    this.policy = policy;
    if (sameCaps(caps, this.caps)) return;
    this.caps = caps;
    this.refusedUntil = 0;
    this.giveBack += this.free;
    this.free = 0n;
  }

  /** Settled in each window, by all replicas as far as known and by this one to the last request. */
  spent(): Totals {
    return {
      day: this.settled.day + this.unflushed,
      week: this.settled.week + this.unflushed,
      month: this.settled.month + this.unflushed,
    };
  }

  /** Sets money aside, from the lease at hand, a new one, or what others in flight give back. */
  async reserve(amount: Units): Promise<Reservation | Exhausted> {
    if (!isCapped(this.caps)) return { amount: 0n };
    if (this.take(amount)) return { amount };
    this.demand += amount;
    try {
      while (this.deps.clock.now() >= this.refusedUntil) {
        await this.refill(amount);
        if (this.take(amount)) return { amount };
      }
    } finally {
      this.demand -= amount;
    }
    const waited = this.reserved > 0n && this.fits(amount) ? await this.waitFor(amount) : null;
    return waited ?? { window: this.tightest };
  }

  /** Replaces a reservation by what the attempt cost; the rest is free again. */
  settle(reservation: Reservation, entry: LedgerEntry): void {
    this.deps.journal.append(this.key, entry);
    this.reserved -= reservation.amount;
    // What passes the reservation is taken from the free money, then from nothing: it is spent, and the store counts it apart.
    this.free = maxUnits(0n, this.free + reservation.amount - entry.cost);
    this.unflushed += entry.cost;
    this.entries.push(entry);
    this.wake();
  }

  /** Gives a reservation back whose attempt was never made. */
  release(reservation: Reservation): void {
    this.reserved -= reservation.amount;
    this.free += reservation.amount;
    this.wake();
  }

  /** Makes unused money free for other replicas with the next flush. */
  giveUnusedBack(): void {
    this.giveBack += this.free;
    this.free = 0n;
  }

  get isIdle(): boolean {
    return (
      this.reserved === 0n &&
      this.entries.length === 0 &&
      this.free === 0n &&
      this.giveBack === 0n &&
      this.waiters.length === 0
    );
  }

  get needsFlush(): boolean {
    return this.entries.length > 0 || this.giveBack > 0n || this.holdsLease;
  }

  private get holdsLease(): boolean {
    return this.free + this.reserved > 0n;
  }

  get reservedUnits(): Units {
    return this.reserved;
  }

  /** Stores what was settled since the last flush. Rejects, keeping everything, while the store is away. */
  flush(): Promise<void> {
    this.flushing ??= this.store().finally(() => {
      this.flushing = null;
    });
    return this.flushing;
  }

  private async store(): Promise<void> {
    const entries = this.entries;
    const cost = entries.reduce((sum, entry) => sum + entry.cost, 0n);
    const giveBack = this.giveBack;
    const leases = this.leases;
    this.entries = [];
    this.giveBack = 0n;
    try {
      const { store, replicaId, clock } = this.deps;
      const { settled, held } = await store.settle({
        ...this.key,
        replicaId,
        caps: this.caps,
        entries,
        giveBack,
        policy: this.policy,
      });
      this.settled = settled;
      this.unflushed -= cost;
      this.trustedUntil = clock.now() + LEASE_TRUSTED_MS;
      this.refusedUntil = 0;
      this.square(held, leases);
    } catch (error) {
      this.entries = [...entries, ...this.entries];
      this.giveBack += giveBack;
      throw error;
    }
  }

  /**
   * Squares what is free here with what the store holds for this replica: a reclaimed lease is not
   * there any more, and money this process has lost track of goes back. A lease drawn meanwhile is
   * not in both figures yet, so the next flush decides then.
   */
  private square(held: Units, leasesBefore: number): void {
    if (this.refilling !== null || this.leases !== leasesBefore) return;
    const unsettled = this.entries.reduce((sum, entry) => sum + entry.cost, 0n);
    const mine = maxUnits(0n, held - this.reserved - this.giveBack - unsettled);
    if (mine > this.free) this.giveBack += mine - this.free;
    else this.free = mine;
  }

  private take(amount: Units): boolean {
    // Untrusted money is forgotten rather than spent; the next flush finds out whether it is still there.
    if (this.deps.clock.now() > this.trustedUntil) this.free = 0n;
    if (amount > this.free) return false;
    this.free -= amount;
    this.reserved += amount;
    return true;
  }

  /** Whether the amount could ever fit: a single request above the whole cap need not wait. */
  private fits(amount: Units): boolean {
    const spent = this.spent();
    return BUDGET_WINDOWS.every((window) => {
      const cap = this.caps[window];
      return cap === null || spent[window] + amount <= cap;
    });
  }

  private refill(needed: Units): Promise<void> {
    this.refilling ??= this.lease(needed).finally(() => {
      this.refilling = null;
    });
    return this.refilling;
  }

  private async lease(needed: Units): Promise<void> {
    const giveBack = this.giveBack;
    this.giveBack = 0n;
    const { store, replicaId, clock } = this.deps;
    try {
      const missing = (amount: Units): Units => maxUnits(1n, amount - this.free);
      const grant = await store.lease({
        ...this.key,
        replicaId,
        caps: this.caps,
        needed: missing(needed),
        wanted: missing(maxUnits(needed, this.demand)),
        giveBack,
      });
      this.leases += 1;
      this.settled = { ...grant.settled };
      this.trustedUntil = clock.now() + LEASE_TRUSTED_MS;
      if (grant.tightest) this.tightest = grant.tightest;
      if (grant.granted === 0n) this.refusedUntil = clock.now() + REFUSED_FOR_MS;
      this.free += grant.granted;
    } catch (error) {
      this.giveBack += giveBack;
      throw error;
    }
  }

  private waitFor(amount: Units): Promise<Reservation | null> {
    return new Promise((resolve) => {
      const waiter: Waiter = {
        amount,
        grant: (reservation) => {
          clearTimeout(timer);
          resolve(reservation);
        },
      };
      const timer = setTimeout(() => {
        this.waiters = this.waiters.filter((each) => each !== waiter);
        resolve(null);
      }, this.deps.waitMs);
      this.waiters.push(waiter);
    });
  }

  /** First come, first served, so that a large request is not overtaken for ever. */
  private wake(): void {
    while (this.waiters.length > 0) {
      const [first] = this.waiters;
      if (!first || !this.take(first.amount)) return;
      this.waiters.shift();
      first.grant({ amount: first.amount });
    }
  }
}
