import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { AppError } from '@/lib/errors/app-error';
import { timeSchema } from './inputs';

const MESSAGE = 'Write a time such as 2030-01-31T12:00:00Z, or a day such as 2030-01-31.';

/** A time, or a day of the tenant's calendar. */
const momentSchema = z.union([timeSchema, z.iso.date()], { error: MESSAGE });
export type Moment = z.output<typeof momentSchema>;

export const rangeQuery = { from: momentSchema.optional(), to: momentSchema.optional() };

/** Half open: `from` belongs to it, `to` does not. */
export type TimeRange = { from?: Date; to?: Date };

/**
 * What `from` and `to` mean in a time zone: a day begins with its first instant, and as an end it is
 * included whole. @throws AppError validation_failed when the end is not after the beginning
 */
export function timeRange(given: { from?: Moment; to?: Moment }, timezone: string): TimeRange {
  const from = given.from === undefined ? undefined : instantOf(given.from, timezone, 0);
  const to = given.to === undefined ? undefined : instantOf(given.to, timezone, 1);
  if (from && to && to <= from) {
    const message = 'Write a time after `from`.';
    throw new AppError('validation_failed', message, { issues: [{ path: 'to', message }] });
  }
  return { from, to };
}

function instantOf(moment: Moment, timezone: string, addDays: number): Date {
  if (moment instanceof Date) return moment;
  const day = Temporal.PlainDate.from(moment).add({ days: addDays });
  return new Date(day.toZonedDateTime(timezone).epochMilliseconds);
}
