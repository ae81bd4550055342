import type { Clock } from '@/lib/gateway/types';
import type { BudgetWindow } from '../periods';
import { Deadline } from './deadline';
import { isCapped, sameCaps } from './limits';
import type { AccountKey, Caps, LedgerStore, Totals } from './store';
import { maxUnits, type Units } from './units';

export type LeasedMoneyDeps = {
  key: AccountKey;
  store: LedgerStore;
  replicaId: string;
  clock: Clock;
  onFault(error: unknown): void;
  /** Hears what the store says is settled, with every lease. */
  learn(settled: Totals): void;
};

/** After the store has said that nothing is left it is not asked again for this long, milliseconds. */
const REFUSED_FOR_MS = 200;
/** A lease that could not be renewed for this long may have been reclaimed, and is not spent from any more. */
const LEASE_TRUSTED_MS = 30_000;
/** A lease that nothing else stores is renewed this often, milliseconds. */
const RENEW_EVERY_MS = 8_000;
/** No further lease is drawn while there is enough for this many requests like the last. */
const AHEAD = 8n;

/** What goes back with a flush; the lease is squared with the store's answer, or all is undone. */
export type Returning = {
  amount: Units;
  squared(held: Units, unsettled: Units): void;
  undo(): void;
};

/**
 * What this process may spend of one role's budget: leased from the store, set aside for attempts,
 * given back. Taking is synchronous, so that no two requests can take the same cent.
 */
export class LeasedMoney {
  private free: Units = 0n;
  private reserved: Units = 0n;
  private returning: Units = 0n;
  /** What those want that wait for a lease. */
  private demand: Units = 0n;
  private drawing: Promise<void> | null = null;
  /** How many leases were drawn, and the size of the last. */
  private draws = 0;
  private lastGrant: Units = 0n;
  private readonly refused = new Deadline();
  private refusedNeed: Units = 0n;
  /** No lease is drawn ahead while so little is left that it would not serve one request. */
  private readonly scarce = new Deadline();
  private readonly trusted = new Deadline();
  private readonly renewed = new Deadline();
  /** Free money was forgotten; the store knows whether it is still there. */
  private unsure = false;
  /** The window that bound the last lease. */
  tightest: BudgetWindow = 'day';

  constructor(
    private readonly deps: LeasedMoneyDeps,
    private caps: Caps,
  ) {}

  /** Puts new caps in force; what was leased under the old ones and is not set aside goes back. */
  adopt(caps: Caps): void {
    this.caps = caps;
    this.refused.clear();
    this.scarce.clear();
    this.returnFree();
  }

  get isCapped(): boolean {
    return isCapped(this.caps);
  }

  /** Whether attempts under way may give something back. */
  get isSetAside(): boolean {
    return this.reserved > 0n;
  }

  get isIdle(): boolean {
    return this.reserved === 0n && this.free === 0n && this.returning === 0n;
  }

  /** Whether the store is to hear of the lease although nothing was spent. */
  get needsFlush(): boolean {
    const holds = this.free + this.reserved > 0n;
    return this.returning > 0n || this.unsure || (holds && !this.renewed.holds(this.now));
  }

  /** Sets an amount aside if there is so much. */
  take(amount: Units): boolean {
    // Untrusted money is forgotten rather than spent; the next flush finds out whether it is still there.
    if (this.free > 0n && !this.trusted.holds(this.now)) {
      this.free = 0n;
      this.unsure = true;
    }
    if (amount > this.free) return false;
    this.free -= amount;
    this.reserved += amount;
    return true;
  }

  /** The same, waiting for leases until the store has nothing more to give. */
  async takeOrDraw(amount: Units): Promise<boolean> {
    this.demand += amount;
    try {
      while (!this.refusedLately(amount)) {
        await this.draw(amount);
        if (this.take(amount)) return true;
      }
    } finally {
      this.demand -= amount;
    }
    return false;
  }

  /** Draws the next lease in the background when this one runs low, so that requests need not wait for it. */
  drawAhead(amount: Units): void {
    if (this.free * 2n >= this.lastGrant || this.drawing || this.scarce.holds(this.now)) return;
    if (this.free >= amount * AHEAD) return;
    // The least is asked for, so that a part of what is left is granted whatever that is.
    this.draw(this.free + 1n)
      .then(() => {
        if (this.lastGrant < amount) this.scarce.set(this.now, REFUSED_FOR_MS);
      })
      .catch(this.deps.onFault);
  }

  /** Replaces what was set aside by what it came to; the rest is free again. */
  spend(reserved: Units, cost: Units): void {
    this.reserved -= reserved;
    // What passes the reservation is taken from the free money, then from nothing: it is spent, and the store counts it apart.
    this.free = maxUnits(0n, this.free + reserved - cost);
  }

  putBack(reserved: Units): void {
    this.reserved -= reserved;
    this.free += reserved;
  }

  /** Makes unused money free for other replicas with the next flush. */
  returnFree(): void {
    this.returning += this.free;
    this.free = 0n;
  }

  /** Takes along what goes back, and squares the lease with what the store says it holds. */
  beginReturn(): Returning {
    const { returning: amount, unsure, draws } = this;
    this.returning = 0n;
    this.unsure = false;
    return {
      amount,
      squared: (held, unsettled) => {
        this.trust();
        this.refused.clear();
        this.square(held, unsettled, draws);
      },
      undo: () => {
        this.returning += amount;
        this.unsure ||= unsure;
      },
    };
  }

  /**
   * A reclaimed lease is not there any more, and money this process has lost track of goes back. A lease
   * drawn meanwhile is not in both figures yet, so the next flush decides then.
   */
  private square(held: Units, unsettled: Units, drawsBefore: number): void {
    if (this.drawing !== null || this.draws !== drawsBefore) return;
    const mine = maxUnits(0n, held - this.reserved - this.returning - unsettled);
    if (mine > this.free) this.returning += mine - this.free;
    else this.free = mine;
  }

  private get now(): number {
    return this.deps.clock.now();
  }

  private draw(needed: Units): Promise<void> {
    this.drawing ??= this.lease(needed).finally(() => {
      this.drawing = null;
    });
    return this.drawing;
  }

  private async lease(needed: Units): Promise<void> {
    const { returning: giveBack, caps } = this;
    this.returning = 0n;
    const { key, store, replicaId, learn } = this.deps;
    const need = this.missing(needed);
    const wanted = this.missing(maxUnits(needed, this.demand));
    try {
      const grant = await store.lease({ ...key, replicaId, caps, needed: need, wanted, giveBack });
      this.draws += 1;
      this.lastGrant = grant.granted;
      learn(grant.settled);
      this.trust();
      if (grant.tightest) this.tightest = grant.tightest;
      if (grant.granted === 0n) {
        this.refused.set(this.now, REFUSED_FOR_MS);
        this.refusedNeed = need;
      }
      // Limits that changed meanwhile do not let money in that was granted under the old ones.
      if (sameCaps(caps, this.caps)) this.free += grant.granted;
      else this.returning += grant.granted;
    } catch (error) {
      this.returning += giveBack;
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
}
