import { BUDGET_WINDOWS, type BudgetWindow } from '../periods';
import type {
  AccountKey,
  LeaseGrant,
  LeaseRequest,
  LedgerEntry,
  LedgerStore,
  SettleRequest,
  SettleResult,
  Totals,
} from './store';
import { planAlerts, type PlannedAlert } from './alert-plan';
import { grantOf } from './grant';
import { maxUnits, minUnits, type Units } from './units';

type Row = { settled: Units; leased: Units; overdraft: Units };
type Lease = { key: AccountKey; replicaId: string; held: Units; renewedAt: number };

/** Balances in memory: for tests, and the model that the PostgreSQL store is held against. */
export class MemoryLedgerStore implements LedgerStore {
  private readonly rows = new Map<string, Row>();
  private readonly leases = new Map<string, Lease>();
  private readonly entries = new Map<string, LedgerEntry & { roleId: string }>();

  /** What was to be told, in the order it came, by key. */
  readonly alerts = new Map<string, PlannedAlert>();

  constructor(private readonly now: () => number = Date.now) {}

  totals(key: AccountKey): Promise<Totals> {
    return Promise.resolve(this.settledOf(key));
  }

  lease(request: LeaseRequest): Promise<LeaseGrant> {
    const lease = this.leaseOf(request, request.replicaId);
    this.shrink(lease, request.giveBack);
    const rows = this.rowsOf(request);
    const grant = grantOf(
      request.caps,
      request,
      (window) => rows[window].settled + rows[window].leased,
    );
    for (const window of BUDGET_WINDOWS) rows[window].leased += grant.granted;
    lease.held += grant.granted;
    return Promise.resolve({ ...grant, settled: this.settledOf(request) });
  }

  settle(request: SettleRequest): Promise<SettleResult> {
    const lease = this.leaseOf(request, request.replicaId);
    const fresh = request.entries.filter((entry) => !this.entries.has(entry.id));
    const rows = this.rowsOf(request);
    for (const entry of fresh) {
      this.chargeOtherCalendars(request, entry);
      this.entries.set(entry.id, { ...entry, roleId: request.roleId });
    }
    const cost = fresh.reduce((sum, entry) => sum + entry.cost, 0n);
    const covered = minUnits(cost, lease.held);
    this.shrink(lease, covered);
    for (const window of BUDGET_WINDOWS) {
      rows[window].settled += cost;
      rows[window].overdraft += cost - covered;
    }
    this.shrink(lease, request.giveBack);
    lease.renewedAt = this.now();
    for (const alert of planAlerts(request, this.settledOf(request)))
      if (!this.alerts.has(alert.dedupeKey)) this.alerts.set(alert.dedupeKey, alert);
    return Promise.resolve({ settled: this.settledOf(request), held: lease.held });
  }

  reclaim(olderThanMs: number): Promise<void> {
    for (const lease of this.leases.values()) {
      if (lease.renewedAt < this.now() - olderThanMs) this.shrink(lease, lease.held);
    }
    return Promise.resolve();
  }

  releaseReplica(replicaId: string): Promise<void> {
    for (const lease of this.leases.values())
      if (lease.replicaId === replicaId) this.shrink(lease, lease.held);
    return Promise.resolve();
  }

  /** For assertions: what a window holds. */
  row(key: AccountKey, window: BudgetWindow): Row {
    return { ...this.rowsOf(key)[window] };
  }

  private shrink(lease: Lease, by: Units): void {
    const amount = maxUnits(0n, minUnits(by, lease.held));
    lease.held -= amount;
    const rows = this.rowsOf(lease.key);
    for (const window of BUDGET_WINDOWS) rows[window].leased -= amount;
  }

  private settledOf(key: AccountKey): Totals {
    const rows = this.rowsOf(key);
    return { day: rows.day.settled, week: rows.week.settled, month: rows.month.settled };
  }

  private leaseOf(key: AccountKey, replicaId: string): Lease {
    const id = `${replicaId} ${key.roleId} ${key.periods.day.startsAt}`;
    const known = this.leases.get(id);
    if (known) return known;
    const { tenantId, roleId, periods } = key;
    const lease = {
      key: { tenantId, roleId, periods },
      replicaId,
      held: 0n,
      renewedAt: this.now(),
    };
    this.leases.set(id, lease);
    return lease;
  }

  private rowsOf(key: AccountKey): Record<BudgetWindow, Row> {
    const row = (window: BudgetWindow): Row => {
      const { startsAt, endsAt } = key.periods[window];
      const id = `${key.roleId} ${window} ${startsAt} ${endsAt}`;
      const known = this.rows.get(id) ?? this.opened(key, window);
      this.rows.set(id, known);
      return known;
    };
    return { day: row('day'), week: row('week'), month: row('month') };
  }

  /** A window of a calendar that is new, after a change of the time zone, begins with what falls into it. */
  private opened({ roleId, periods }: AccountKey, window: BudgetWindow): Row {
    const { startsAt, endsAt } = periods[window];
    let settled = 0n;
    for (const entry of this.entries.values())
      if (entry.roleId === roleId && startsAt <= entry.at && entry.at < endsAt)
        settled += entry.cost;
    return { settled, leased: 0n, overdraft: 0n };
  }

  /** What was admitted under a former time zone counts in the present windows too. */
  private chargeOtherCalendars({ roleId, periods }: AccountKey, { at, cost }: LedgerEntry): void {
    for (const [id, row] of this.rows) {
      const [role, window, startsAt, endsAt] = id.split(' ') as [
        string,
        BudgetWindow,
        string,
        string,
      ];
      const own = periods[window];
      const isOwn = own.startsAt === Number(startsAt) && own.endsAt === Number(endsAt);
      if (role !== roleId || isOwn || at < Number(startsAt) || at >= Number(endsAt)) continue;
      row.settled += cost;
      row.overdraft += cost;
    }
  }
}
