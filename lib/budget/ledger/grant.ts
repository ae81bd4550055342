import { BUDGET_WINDOWS, type BudgetWindow } from '../periods';
import type { Caps } from './store';
import { maxUnits, minUnits, type Units } from './units';

/** A lease takes this part of what is left, so that leases shrink as the limit comes near and others find something. */
const SHARE = 4n;

/**
 * How much of what is left goes into a lease: what is wanted, more while there is plenty, less when there
 * is less, and nothing when not even the need is met.
 * @param committed settled and leased so far in a window
 */
export function grantOf(
  caps: Caps,
  { needed, wanted }: { needed: Units; wanted: Units },
  committed: (window: BudgetWindow) => Units,
): { granted: Units; available: Units; tightest: BudgetWindow | null } {
  let available: Units | null = null;
  let tightest: BudgetWindow | null = null;
  for (const window of BUDGET_WINDOWS) {
    const cap = caps[window];
    if (cap === null) continue;
    const left = maxUnits(0n, cap - committed(window));
    if (available === null || left < available) {
      available = left;
      tightest = window;
    }
  }
  if (available === null) return { granted: wanted, available: wanted, tightest: null };
  const granted =
    available < needed ? 0n : minUnits(available, maxUnits(wanted, available / SHARE));
  return { granted, available, tightest };
}
