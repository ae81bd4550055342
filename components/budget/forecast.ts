import type { BudgetWindowView } from '@/lib/client/budgets';

export type Forecast = {
  /** Spend at the window's end if it goes on as so far, USD; for the eye only. */
  endUsd: number;
  /** When the limit is reached at this pace, milliseconds since the epoch; null: not in this window. */
  limitAt: number | null;
};

/** With less of the window gone than this, the pace says nothing yet. */
const LEAST_SHARE = 0.02;

/** Carries the pace of a window so far on to its end; null while it is too early, or nothing was spent. */
export function forecastOf(window: BudgetWindowView, now: number): Forecast | null {
  const start = Date.parse(window.startsAt);
  const length = Date.parse(window.resetsAt) - start;
  const gone = now - start;
  const spent = Number(window.settledUsd);
  if (gone < length * LEAST_SHARE || gone > length || spent === 0) return null;
  const endUsd = (spent / gone) * length;
  const limit = Number(window.limitUsd);
  const reaches = limit > 0 && spent < limit && endUsd >= limit;
  return { endUsd, limitAt: reaches ? start + (limit / spent) * gone : null };
}
