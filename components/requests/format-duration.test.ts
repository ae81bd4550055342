import { describe, expect, it } from 'vitest';
import { formatDuration } from './format-duration';

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [0.2412, '0.241 ms'],
    [12.345, '12.3 ms'],
    [212.4, '212 ms'],
    [999.4, '999 ms'],
    [1234, '1.23 s'],
    [90_000, '90 s'],
    [123_456, '123 s'],
  ])('writes %d milliseconds as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('calls what rounds to a whole second a second', () => {
    expect(formatDuration(999.9)).toBe('1 s');
  });
});
