import { describe, expect, it } from 'vitest';
import { formatDuration, unitInMs } from './duration';

describe('formatDuration', () => {
  it.each([
    [0, '0 milliseconds'],
    [1, '1 millisecond'],
    [250, '250 milliseconds'],
    [1000, '1 second'],
    [1500, '1.5 seconds'],
    [30_000, '30 seconds'],
    [60_000, '1 minute'],
    [3_600_000, '1 hour'],
    [5_400_000, '1 hour 30 minutes'],
    [7_200_000, '2 hours'],
    [90_061_000, '1 day 1 hour 1 minute'],
    [31_536_000_000, '365 days'],
  ])('says %i ms as "%s"', (ms, said) => {
    expect(formatDuration(ms)).toBe(said);
  });

  it('says nothing of what is no duration', () => {
    expect(formatDuration(Number.NaN)).toBe('');
    expect(formatDuration(-1)).toBe('');
  });
});

it('knows only units of time', () => {
  expect(unitInMs('ms')).toBe(1);
  expect(unitInMs('seconds')).toBe(1000);
  expect(unitInMs('tokens')).toBeUndefined();
});
