import { describe, expect, it } from 'vitest';
import { type BudgetWindow, periodsAt } from './periods';

const iso = (ms: number): string => new Date(ms).toISOString();
const at = (instant: string, zone: string) => periodsAt(Date.parse(instant), zone);
const hours = ({ startsAt, endsAt }: { startsAt: number; endsAt: number }): number =>
  (endsAt - startsAt) / 3_600_000;

describe('periodsAt', () => {
  // Both changes of the year for each zone that has any.
  it.each([
    ['UTC', '2026-03-29T12:00:00Z', '2026-03-29T00:00:00.000Z', 24],
    ['Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-28T23:00:00.000Z', 23],
    ['Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-24T22:00:00.000Z', 25],
    ['America/New_York', '2026-03-08T12:00:00Z', '2026-03-08T05:00:00.000Z', 23],
    ['America/New_York', '2026-11-01T12:00:00Z', '2026-11-01T04:00:00.000Z', 25],
    ['Australia/Lord_Howe', '2026-04-04T18:00:00Z', '2026-04-04T13:00:00.000Z', 24.5],
    ['Australia/Lord_Howe', '2026-10-03T18:00:00Z', '2026-10-03T13:30:00.000Z', 23.5],
    ['Asia/Kathmandu', '2026-03-29T12:00:00Z', '2026-03-28T18:15:00.000Z', 24],
    ['Asia/Kathmandu', '2026-10-25T19:00:00Z', '2026-10-25T18:15:00.000Z', 24],
    ['Europe/London', '2026-03-29T12:00:00Z', '2026-03-29T00:00:00.000Z', 23],
    ['Europe/London', '2026-10-25T12:00:00Z', '2026-10-24T23:00:00.000Z', 25],
    ['America/Havana', '2026-03-08T12:00:00Z', '2026-03-08T05:00:00.000Z', 23],
    ['America/Havana', '2026-11-01T12:00:00Z', '2026-11-01T04:00:00.000Z', 25],
    ['Africa/Cairo', '2026-04-24T12:00:00Z', '2026-04-23T22:00:00.000Z', 23],
    ['Africa/Cairo', '2026-10-29T12:00:00Z', '2026-10-28T21:00:00.000Z', 25],
    ['America/Santiago', '2026-09-06T12:00:00Z', '2026-09-06T04:00:00.000Z', 23],
    ['America/Santiago', '2026-04-04T12:00:00Z', '2026-04-04T03:00:00.000Z', 25],
    ['Pacific/Chatham', '2026-04-04T18:00:00Z', '2026-04-04T10:15:00.000Z', 25],
    ['Pacific/Chatham', '2026-09-26T18:00:00Z', '2026-09-26T11:15:00.000Z', 23],
    ['Pacific/Kiritimati', '2026-01-01T12:00:00Z', '2026-01-01T10:00:00.000Z', 24],
    ['Asia/Kolkata', '2026-01-01T12:00:00Z', '2025-12-31T18:30:00.000Z', 24],
  ])('%s: the day of %s begins %s and has %d hours', (zone, instant, start, length) => {
    const { day } = at(instant, zone);
    expect(iso(day.startsAt)).toBe(start);
    expect(hours(day)).toBe(length);
  });

  it('begins weeks on Monday and months on the first, also across a year', () => {
    const { week, month, date } = at('2027-01-01T00:30:00Z', 'Europe/London');
    expect(date).toBe('2027-01-01');
    expect([iso(week.startsAt), iso(week.endsAt)]).toEqual([
      '2026-12-28T00:00:00.000Z',
      '2027-01-04T00:00:00.000Z',
    ]);
    expect([iso(month.startsAt), iso(month.endsAt)]).toEqual([
      '2027-01-01T00:00:00.000Z',
      '2027-02-01T00:00:00.000Z',
    ]);
  });

  it.each([
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'Africa/Cairo',
    'America/Santiago',
    'America/Havana',
  ])('leaves neither gap nor overlap in %s, hour by hour through two years', (zone) => {
    const ends: Partial<Record<BudgetWindow, number>> = {};
    for (let ms = Date.UTC(2026, 0, 1); ms < Date.UTC(2028, 0, 1); ms += 3_600_000) {
      const periods = periodsAt(ms, zone);
      for (const window of ['day', 'week', 'month'] as const) {
        const { startsAt, endsAt } = periods[window];
        if (ms < startsAt || ms >= endsAt) throw new Error(`${iso(ms)} lies outside its ${window}`);
        const before = ends[window];
        if (before !== undefined && before !== endsAt && before !== startsAt) {
          throw new Error(`${window} of ${iso(ms)} does not join the one before`);
        }
        ends[window] = endsAt;
      }
    }
  });

  it('answers clock steps back and forth by the instant alone', () => {
    const first = at('2026-06-01T12:00:00Z', 'UTC');
    const second = at('2026-06-03T12:00:00Z', 'UTC');
    expect(at('2026-06-01T12:00:01Z', 'UTC')).toEqual(first);
    expect(at('2026-06-03T12:00:01Z', 'UTC')).toEqual(second);
  });

  it('refuses a time zone that does not exist', () => {
    expect(() => at('2026-06-01T12:00:00Z', 'Mars/Olympus')).toThrow(RangeError);
  });
});
