import type { Clock } from '@/lib/gateway/types';
import type { BudgetPolicy } from '@/lib/policy/budget/schema';
import { BUDGET_WINDOWS, type BudgetWindow } from '../periods';
import { LeasedMoney } from './leased-money';
import { capsOf, levelOf, sameCaps } from './limits';
import type { AccountKey, Caps, LedgerEntry, LedgerJournal, LedgerStore, Totals } from './store';
import { maxUnits, type Units } from './units';
import { WaitingLine } from './waiting-line';

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

/** What the next flush tells the store. */
type Pending = {
  entries: LedgerEntry[];
  /** Windows found used up that are to be told of. */
  usedUp: BudgetWindow[];
  /** The limits have changed, so levels may have been crossed without spending. */
  recheck: boolean;
};
const nothing = (): Pending => ({ entries: [], usedUp: [], recheck: false });

/**
 * One role's budget in this process for one day: what was spent, what is still to be stored, and the
 * leased money attempts reserve from. All but `reserve`, `load` and `flush` is synchronous.
 */
export class RoleAccount {
  private readonly money: LeasedMoney;
  private readonly line = new WaitingLine();
  private pending = nothing();
  /** Spent, and not yet in `settled`. */
  private unflushed: Units = 0n;
  private settled: Totals = { day: 0n, week: 0n, month: 0n };
  private caps: Caps;
  private readonly toldUsedUp = new Set<BudgetWindow>();
  private loading: Promise<void> | null = null;
  private flushing: Promise<void> | null = null;
  lastUsedAt: number;

  constructor(
    readonly key: AccountKey,
    private policy: BudgetPolicy,
    private readonly deps: AccountDeps,
  ) {
    const { store, replicaId, clock, onFault } = deps;
    this.caps = capsOf(policy);
    const learn = (totals: Totals): void => this.learn(totals);
    this.money = new LeasedMoney({ key, store, replicaId, clock, onFault, learn }, this.caps);
    this.lastUsedAt = clock.now();
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
    this.toldUsedUp.clear();
    this.pending.recheck = true;
    this.money.adopt(caps);
  }

  /** Settled in each window, by all replicas as far as known and by this one to the last request. */
  spent(): Totals {
    const { day, week, month } = this.settled;
    const { unflushed } = this;
    return { day: day + unflushed, week: week + unflushed, month: month + unflushed };
  }

  /** Sets money aside, from the lease at hand, a new one, or what others in flight give back. */
  async reserve(amount: Units): Promise<Reservation | Exhausted> {
    const { money } = this;
    if (!money.isCapped) return { amount: 0n };
    if (money.take(amount)) {
      money.drawAhead(amount);
      return { amount };
    }
    if (await money.takeOrDraw(amount)) return { amount };
    const mayWait = money.isSetAside && this.fits(amount);
    if (mayWait && (await this.line.wait(amount, this.deps.waitMs))) return { amount };
    return this.refuse();
  }

  /** Replaces a reservation by what the attempt cost; the rest is free again. */
  settle({ amount }: Reservation, entry: LedgerEntry): void {
    try {
      this.deps.journal.append(this.key, entry);
    } catch (error) {
      // The money is spent all the same: it counts now and is stored with the next flush.
      this.deps.onFault(error);
    }
    this.money.spend(amount, entry.cost);
    this.unflushed += entry.cost;
    this.pending.entries.push(entry);
    this.serveLine();
  }

  /** Gives a reservation back whose attempt was never made. */
  release({ amount }: Reservation): void {
    this.money.putBack(amount);
    this.serveLine();
  }

  /** Makes unused money free for other replicas with the next flush. */
  giveUnusedBack(): void {
    this.money.returnFree();
  }

  get isIdle(): boolean {
    return this.money.isIdle && this.pending.entries.length === 0 && this.line.isEmpty;
  }

  get needsFlush(): boolean {
    const { entries, usedUp, recheck } = this.pending;
    return entries.length > 0 || usedUp.length > 0 || recheck || this.money.needsFlush;
  }

  /** Stores what was settled since the last flush. Rejects, keeping everything, while the store is away. */
  flush(): Promise<void> {
    this.flushing ??= this.store().finally(() => {
      this.flushing = null;
    });
    return this.flushing;
  }

  private async store(): Promise<void> {
    const { pending, key, caps, policy } = this;
    const returning = this.money.beginReturn();
    this.pending = nothing();
    const { store, replicaId } = this.deps;
    const giveBack = returning.amount;
    try {
      const { settled, held } = await store.settle({
        ...key,
        ...pending,
        replicaId,
        caps,
        giveBack,
        policy,
      });
      this.learn(settled);
      this.unflushed -= costOf(pending.entries);
      returning.squared(held, costOf(this.pending.entries));
    } catch (error) {
      returning.undo();
      this.pending = {
        entries: [...pending.entries, ...this.pending.entries],
        usedUp: [...pending.usedUp, ...this.pending.usedUp],
        recheck: pending.recheck || this.pending.recheck,
      };
      throw error;
    }
  }

  private refuse(): Exhausted {
    const window = this.money.tightest;
    const level = levelOf(window, this.spent()[window], this.policy);
    // A remainder that is too small for any request is told of as used up; half a budget is not.
    if (level === 'critical' && !this.toldUsedUp.has(window)) {
      this.toldUsedUp.add(window);
      this.pending.usedUp.push(window);
    }
    return { window };
  }

  /** Whether the amount could ever fit: a single request above the whole cap need not wait. */
  private fits(amount: Units): boolean {
    const spent = this.spent();
    return BUDGET_WINDOWS.every((window) => {
      const cap = this.caps[window];
      return cap === null || spent[window] + amount <= cap;
    });
  }

  private serveLine(): void {
    if (!this.line.isEmpty) this.line.serve((amount) => this.money.take(amount));
  }

  /** What is settled only grows; answers of the store may overtake each other. */
  private learn(totals: Totals): void {
    for (const window of BUDGET_WINDOWS)
      this.settled[window] = maxUnits(this.settled[window], totals[window]);
  }
}

function costOf(entries: readonly LedgerEntry[]): Units {
  return entries.reduce((sum, { cost }) => sum + cost, 0n);
}
