import { Temporal } from 'temporal-polyfill';

export const BUDGET_WINDOWS = ['day', 'week', 'month'] as const;
export type BudgetWindow = (typeof BUDGET_WINDOWS)[number];

/** One calendar window; instants in milliseconds since the epoch, end exclusive. */
export type Period = { startsAt: number; endsAt: number };
/** The windows an instant falls in. */
export type Periods = Record<BudgetWindow, Period> & {
  /** The day in the tenant's calendar, YYYY-MM-DD. */
  date: string;
};

/**
 * Calendar day, week from Monday and month that an instant falls in, in a time zone. A day begins
 * with its first instant, which daylight saving may put after midnight, and is 23 to 25 hours long
 * where clocks change.
 * @param atMs milliseconds since the epoch
 * @param timeZone IANA name, `Europe/Berlin`
 * @throws RangeError for a time zone that does not exist
 */
export function periodsAt(atMs: number, timeZone: string): Periods {
  const known = latest.get(timeZone);
  if (known && known.day.startsAt <= atMs && atMs < known.day.endsAt) return known;
  const periods = compute(atMs, timeZone);
  if (latest.size >= MOST_ZONES) latest.clear();
  latest.set(timeZone, periods);
  return periods;
}

// Every request of a day asks for the same windows, and calendar arithmetic takes some 50 µs.
const latest = new Map<string, Periods>();
const MOST_ZONES = 1000;

function compute(atMs: number, timeZone: string): Periods {
  const date = Temporal.Instant.fromEpochMilliseconds(atMs)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate();
  const start = (day: Temporal.PlainDate): number =>
    day.toZonedDateTime(timeZone).epochMilliseconds;
  const period = (first: Temporal.PlainDate, length: Temporal.DurationLike): Period => ({
    startsAt: start(first),
    endsAt: start(first.add(length)),
  });
  return {
    date: date.toString(),
    day: period(date, { days: 1 }),
    week: period(date.subtract({ days: date.dayOfWeek - 1 }), { weeks: 1 }),
    month: period(date.with({ day: 1 }), { months: 1 }),
  };
}
