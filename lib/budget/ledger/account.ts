import type { Clock } from '@/lib/gateway/types';
import type { BudgetPolicy } from '@/lib/policy/budget/schema';
import { BUDGET_WINDOWS, type BudgetWindow } from '../periods';
import { capsOf, isCapped, levelOf, limitsOf, sameCaps } from './limits';
import { Deadline } from './deadline';
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
  /** Hears of what failed and is tried again: leases drawn ahead, flushes, the journal. */
  onFault(error: unknown): void;
};

type Waiter = { amount: Units; grant(reservation: Reservation): void };

/** After the store has said that nothing is left it is not asked again for this long, milliseconds. */
const REFUSED_FOR_MS = 200;
/** A lease that could not be renewed for this long may have been reclaimed, and is not spent from any more. */
const LEASE_TRUSTED_MS = 30_000;
/** A lease that nothing else stores is renewed this often, milliseconds. */
const RENEW_EVERY_MS = 8_000;
/** No further lease is drawn while there is enough for this many requests like the last. */
const AHEAD = 8n;

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
  private readonly refused = new Deadline();
  private refusedNeed: Units = 0n;
  /** No lease is drawn ahead while so little is left that it would not serve one request. */
  private readonly scarce = new Deadline();
  /** How many leases were drawn, and the size of the last. */
  private leases = 0;
  private lastGrant: Units = 0n;
  private readonly trusted = new Deadline();
  private readonly renewed = new Deadline();
  /** Windows found used up and told of, and those still to be told of. */
  private usedUp = new Set<BudgetWindow>();
  private toTell: BudgetWindow[] = [];
  private recheck = false;
  lastUsedAt: number;

  constructor(
    readonly key: AccountKey,
    private policy: BudgetPolicy,
    private readonly deps: AccountDeps,
  ) {
    this.caps = capsOf(policy);
    this.lastUsedAt = deps.clock.now();
  }

  /** Reads what was spent before this process knew of the role; once. Rejects while the store can't be read. */
  load(): Promise<void> {
    this.loading ??= this.deps.store.totals(this.key).then(
      (totals) => this.learn(totals),
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
    this.refused.clear();
    this.scarce.clear();
    this.usedUp.clear();
    this.recheck = true;
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
    if (this.take(amount)) {
      this.drawAhead(amount);
      return { amount };
    }
    this.demand += amount;
    try {
      while (!this.refusedLately(amount)) {
        await this.refill(amount);
        if (this.take(amount)) return { amount };
      }
    } finally {
      this.demand -= amount;
    }
    const waited = this.reserved > 0n && this.fits(amount) ? await this.waitFor(amount) : null;
    return waited ?? this.refuse();
  }

  private refuse(): Exhausted {
    const window = this.tightest;
    const level = levelOf(this.spent()[window], limitsOf(this.policy)[window], this.policy);
    // A remainder that is too small for any request is told of as used up; half a budget is not.
    if (level === 'critical' && !this.usedUp.has(window)) {
      this.usedUp.add(window);
      this.toTell.push(window);
    }
    return { window };
  }

  /** Draws the next lease in the background, so that requests need not wait for it. */
  private drawAhead(amount: Units): void {
    if (this.free * 2n >= this.lastGrant || this.refilling || this.scarce.holds(this.now)) return;
    if (this.free >= amount * AHEAD) return;
    // The least is asked for, so that a part of what is left is granted whatever that is.
    this.refill(this.free + 1n)
      .then(() => {
        if (this.lastGrant < amount) this.scarce.set(this.now, REFUSED_FOR_MS);
      })
      .catch(this.deps.onFault);
  }

  private get now(): number {
    return this.deps.clock.now();
  }

  /** Replaces a reservation by what the attempt cost; the rest is free again. */
  settle(reservation: Reservation, entry: LedgerEntry): void {
    try {
      this.deps.journal.append(this.key, entry);
    } catch (error) {
      // The money is spent all the same: it counts now and is stored with the next flush.
      this.deps.onFault(error);
    }
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
    return (
      this.entries.length > 0 ||
      this.giveBack > 0n ||
      this.recheck ||
      this.toTell.length > 0 ||
      (this.holdsLease && !this.renewed.holds(this.now))
    );
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
    const usedUp = this.toTell;
    const recheck = this.recheck;
    this.entries = [];
    this.giveBack = 0n;
    this.toTell = [];
    this.recheck = false;
    try {
      const { store, replicaId } = this.deps;
      const { settled, held } = await store.settle({
        ...this.key,
        replicaId,
        caps: this.caps,
        entries,
        giveBack,
        policy: this.policy,
        usedUp,
        recheck,
      });
      this.learn(settled);
      this.unflushed -= cost;
      this.trust();
      this.refused.clear();
      this.square(held, leases);
    } catch (error) {
      this.entries = [...entries, ...this.entries];
      this.giveBack += giveBack;
      this.toTell = [...usedUp, ...this.toTell];
      this.recheck ||= recheck;
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
    if (this.free > 0n && !this.trusted.holds(this.now)) {
      this.free = 0n;
      this.recheck = true;
    }
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
    const { giveBack, caps } = this;
    this.giveBack = 0n;
    const { store, replicaId } = this.deps;
    const need = this.missing(needed);
    try {
      const grant = await store.lease({
        ...this.key,
        replicaId,
        caps,
        needed: need,
        wanted: this.missing(maxUnits(needed, this.demand)),
        giveBack,
      });
      this.leases += 1;
      this.lastGrant = grant.granted;
      this.learn(grant.settled);
      this.trust();
      if (grant.tightest) this.tightest = grant.tightest;
      if (grant.granted === 0n) {
        this.refused.set(this.now, REFUSED_FOR_MS);
        this.refusedNeed = need;
      }
      // Limits that changed meanwhile do not let money in that was granted under the old ones.
      if (sameCaps(caps, this.caps)) this.free += grant.granted;
      else this.giveBack += grant.granted;
    } catch (error) {
      this.giveBack += giveBack;
      throw error;
    }
  }

  private missing(amount: Units): Units {
    return maxUnits(1n, amount - this.free);
  }

  /** Whether the store has just said that it has not even as much as this needs. */
  private refusedLately(amount: Units): boolean {
    return this.refused.holds(this.now) && this.missing(amount) >= this.refusedNeed;
  }

  private trust(): void {
    this.trusted.set(this.now, LEASE_TRUSTED_MS);
    this.renewed.set(this.now, RENEW_EVERY_MS);
  }

  /** What is settled only grows; answers of the store may overtake each other. */
  private learn(totals: Totals): void {
    for (const window of BUDGET_WINDOWS)
      this.settled[window] = maxUnits(this.settled[window], totals[window]);
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
