import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { rolePolicySchema } from '@/lib/policy/role-policy';
import { BUDGET_WINDOWS, type BudgetWindow, periodsAt } from '../periods';
import type { AccountKey, Caps, LedgerEntry, LedgerStore } from './store';
import { toUnits, type Units } from './units';

export type LedgerStoreHarness = {
  store: LedgerStore;
  /** A role of its own, so that tests do not meet. */
  account(at?: number): Promise<AccountKey>;
  row(
    key: AccountKey,
    window: BudgetWindow,
  ): Promise<{ settled: Units; leased: Units; overdraft: Units }>;
  /** Lets so much time pass for leases, milliseconds. */
  age(ms: number): Promise<void>;
};

const { budgetPolicy: POLICY } = rolePolicySchema.parse({ budgetPolicy: { enabled: true } });
const usd = (amount: string): Units => toUnits(amount);
const capped = (
  day: string | null,
  week: string | null = null,
  month: string | null = null,
): Caps => ({
  day: day === null ? null : usd(day),
  week: week === null ? null : usd(week),
  month: month === null ? null : usd(month),
});
const entry = (cost: string, id: string = randomUUID()): LedgerEntry => ({
  id,
  at: Date.now(),
  cost: usd(cost),
  tokens: 3,
});

/** What every ledger store promises; run on the one in memory and on the one in PostgreSQL. */
export function ledgerStoreContract(open: () => Promise<LedgerStoreHarness>): void {
  const setUp = async (at = Date.now()) => {
    const harness = await open();
    const key = await harness.account(at);
    const lease = (caps: Caps, needed: string, replicaId = REPLICA, giveBack = '0') =>
      harness.store.lease({
        ...key,
        replicaId,
        caps,
        needed: usd(needed),
        wanted: usd(needed),
        giveBack: usd(giveBack),
      });
    const settle = (caps: Caps, entries: LedgerEntry[], giveBack = '0', replicaId = REPLICA) =>
      harness.store.settle({
        ...key,
        replicaId,
        caps,
        entries,
        giveBack: usd(giveBack),
        policy: POLICY,
      });
    return { ...harness, key, lease, settle };
  };
  const REPLICA = randomUUID();
  const OTHER = randomUUID();

  it('grants a part of what is left, at least what is needed, and never more than the cap', async () => {
    const { lease, row, key } = await setUp();
    const first = await lease(capped('1'), '0.01');
    expect(first.granted).toBe(usd('0.25'));
    const second = await lease(capped('1'), '0.7', OTHER);
    expect(second.granted).toBe(usd('0.7'));
    expect((await lease(capped('1'), '0.06')).granted).toBe(0n);
    expect((await lease(capped('1'), '0.05')).granted).toBe(usd('0.05'));
    expect(await row(key, 'day')).toMatchObject({ settled: 0n, leased: usd('1') });
  });

  it('is bound by the tightest window and names it', async () => {
    const { lease } = await setUp();
    const grant = await lease(capped('10', '2', '5'), '3');
    expect(grant).toMatchObject({ granted: 0n, tightest: 'week', available: usd('2') });
  });

  it('moves what was spent from leased to settled in all three windows', async () => {
    const { lease, settle, row, key } = await setUp();
    await lease(capped('1', '2', '3'), '0.5');
    const { settled, held } = await settle(capped('1', '2', '3'), [entry('0.1'), entry('0.2')]);
    expect(settled).toEqual({ day: usd('0.3'), week: usd('0.3'), month: usd('0.3') });
    expect(held).toBe(usd('0.2'));
    for (const window of BUDGET_WINDOWS) {
      expect(await row(key, window)).toEqual({
        settled: usd('0.3'),
        leased: usd('0.2'),
        overdraft: 0n,
      });
    }
  });

  it('counts an entry that comes twice once', async () => {
    const { lease, settle } = await setUp();
    await lease(capped('1'), '0.5');
    const twice = entry('0.1');
    await settle(capped('1'), [twice]);
    const { settled, held } = await settle(capped('1'), [twice, entry('0.05')]);
    expect(settled.day).toBe(usd('0.15'));
    expect(held).toBe(usd('0.35'));
  });

  it('keeps 10,000 requests of $0.0000015 exactly $0.015', async () => {
    const { settle } = await setUp();
    const entries = Array.from({ length: 10_000 }, () => entry('0.0000015'));
    const { settled } = await settle(capped(null), entries);
    expect(settled.month).toBe(usd('0.015'));
  });

  it('counts what was spent without a lease, apart and never refused', async () => {
    const { settle, lease, row, key } = await setUp();
    await lease(capped('1'), '0.5');
    const { settled } = await settle(capped('1'), [entry('0.8')]);
    expect(settled.day).toBe(usd('0.8'));
    expect(await row(key, 'day')).toEqual({
      settled: usd('0.8'),
      leased: 0n,
      overdraft: usd('0.3'),
    });
    expect((await lease(capped('1'), '0.3')).granted).toBe(0n);
    expect((await lease(capped('1'), '0.2')).granted).toBe(usd('0.2'));
  });

  it('lends money that was given back to others', async () => {
    const { lease, settle } = await setUp();
    await lease(capped('1'), '1');
    expect((await lease(capped('1'), '0.4', OTHER)).granted).toBe(0n);
    await settle(capped('1'), [], '0.4');
    expect((await lease(capped('1'), '0.4', OTHER)).granted).toBe(usd('0.4'));
  });

  it('holds a limit that was lowered in mid-window against what is spent and leased', async () => {
    const { lease, settle, row, key } = await setUp();
    await lease(capped('1'), '0.8');
    await settle(capped('1'), [entry('0.5')]);
    expect((await lease(capped('0.6'), '0.01', OTHER)).granted).toBe(0n);
    await settle(capped('0.6'), [], '0.3');
    expect((await lease(capped('0.6'), '0.2', OTHER)).granted).toBe(0n);
    expect((await lease(capped('0.6'), '0.1', OTHER)).granted).toBe(usd('0.1'));
    expect(await row(key, 'day')).toMatchObject({ settled: usd('0.5'), leased: usd('0.1') });
  });

  it('takes a raised limit at once', async () => {
    const { lease } = await setUp();
    await lease(capped('1'), '1');
    expect((await lease(capped('1'), '0.5')).granted).toBe(0n);
    expect((await lease(capped('2'), '0.5')).granted).toBe(usd('0.5'));
  });

  it('reclaims the lease of a replica that has gone silent, and only that', async () => {
    const { lease, settle, store, age, row, key } = await setUp();
    await lease(capped('1'), '0.5');
    await age(60_000);
    await lease(capped('1'), '0.2', OTHER);
    await store.reclaim(45_000);
    expect((await row(key, 'day')).leased).toBe(usd('0.2'));
    expect((await settle(capped('1'), [entry('0.1')])).held).toBe(0n);
  });

  it('releases all that one replica held', async () => {
    const { lease, store, row, key } = await setUp();
    const gone = randomUUID();
    await lease(capped('1'), '0.5', gone);
    await lease(capped('1'), '0.2', OTHER);
    await store.releaseReplica(gone);
    expect((await row(key, 'day')).leased).toBe(usd('0.2'));
  });

  it('starts a new day with nothing spent while week and month go on', async () => {
    const { store, account } = await open();
    const monday = Date.UTC(2026, 5, 15, 12);
    const first = await account(monday);
    await store.settle({
      ...first,
      replicaId: REPLICA,
      caps: capped(null),
      entries: [entry('0.3')],
      giveBack: 0n,
      policy: POLICY,
    });
    const second = { ...first, periods: periodsAt(monday + 86_400_000, 'UTC') };
    expect(await store.totals(second)).toEqual({ day: 0n, week: usd('0.3'), month: usd('0.3') });
  });

  it('never lends the same money twice to 60 leases at once', async () => {
    const { lease, row, key } = await setUp();
    const replicas = Array.from({ length: 6 }, () => randomUUID());
    const grants = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        lease(capped('1'), '0.05', replicas[index % replicas.length]),
      ),
    );
    const total = grants.reduce((sum, grant) => sum + grant.granted, 0n);
    expect(total).toBeLessThanOrEqual(usd('1'));
    expect((await row(key, 'day')).leased).toBe(total);
  });

  it('begins the windows of another calendar with what falls into them, late entries included', async () => {
    const noon = Date.UTC(2026, 5, 17, 12);
    const { store, key, settle } = await setUp(noon);
    const admitted = (cost: string, at: number) => ({ ...entry(cost), at });
    await settle(capped(null), [
      admitted('0.5', noon),
      admitted('0.25', Date.UTC(2026, 5, 17, 0, 30)),
    ]);
    const moved = { ...key, periods: periodsAt(noon, 'America/New_York') };
    expect(await store.totals(moved)).toMatchObject({ day: usd('0.5'), month: usd('0.75') });
    await store.settle({
      ...moved,
      replicaId: REPLICA,
      caps: capped('1'),
      entries: [admitted('0.1', noon + 1)],
      giveBack: 0n,
      policy: POLICY,
    });
    await settle(capped(null), [admitted('0.01', noon + 2)]);
    expect(await store.totals(moved)).toMatchObject({ day: usd('0.61') });
    expect(await store.totals(key)).toMatchObject({ day: usd('0.86'), month: usd('0.86') });
  });
}
