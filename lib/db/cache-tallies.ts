import 'server-only';
import { periodsAt } from '@/lib/budget/periods';
import type { CacheTally } from '@/lib/cache/archive';
import { addMoney, toMoneyString } from '@/lib/money';
import { addCacheStats } from './cache-stats-repository';
import { withTenant } from './client';

type Sum = Omit<CacheTally, 'hit'> & { hits: number; misses: number };

/** Tallies of one quarter of an hour are of one day, whatever the zone. */
const QUARTER_MS = 15 * 60_000;

/** Adds up what look-ups did until it is written to `role_cache_stats`. */
export class CacheTallies {
  private readonly sums = new Map<string, Sum>();

  add({ hit, ...tally }: CacheTally): void {
    this.merge({ ...tally, hits: hit ? 1 : 0, misses: hit ? 0 : 1 });
  }

  /**
   * Writes all sums, each in a transaction. One that cannot be written is kept for the next time.
   * @throws what the first of them failed with
   */
  async write(): Promise<void> {
    const failures: unknown[] = [];
    for (const [key, sum] of [...this.sums]) {
      this.sums.delete(key);
      const { tenantId, roleId, timezone, at, ...counts } = sum;
      const { date } = periodsAt(at, timezone);
      try {
        await withTenant(tenantId, (tx) =>
          addCacheStats(tx, tenantId, { roleId, date, ...counts }),
        );
      } catch (error) {
        this.merge(sum);
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  private merge(more: Sum): void {
    const key = `${more.roleId} ${more.timezone} ${Math.floor(more.at / QUARTER_MS)}`;
    const sum = this.sums.get(key);
    if (!sum) return void this.sums.set(key, { ...more });
    sum.hits += more.hits;
    sum.misses += more.misses;
    sum.latencySavedMs += more.latencySavedMs;
    if (more.costSavedUsd !== '0') {
      sum.costSavedUsd = toMoneyString(addMoney(sum.costSavedUsd, more.costSavedUsd));
    }
  }
}
