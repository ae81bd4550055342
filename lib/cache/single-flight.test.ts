import { describe, expect, it } from 'vitest';
import { SingleFlight } from './single-flight';

const never = new AbortController().signal;

describe('a single flight', () => {
  it('has one leader at a time, and all who join learn how it ended', async () => {
    const flights = new SingleFlight();
    const end = flights.lead('a');
    expect(flights.lead('a')).toBeNull();
    expect(flights.lead('b')).not.toBeNull();
    const joined = [1, 2, 3].map(() => flights.join('a', 60_000, never));
    end?.('landed');
    expect(await Promise.all(joined)).toEqual(['landed', 'landed', 'landed']);
    expect(flights.lead('a')).not.toBeNull();
  });

  it('lets those who wait go when their time is up or they are called off', async () => {
    const flights = new SingleFlight();
    flights.lead('a');
    expect(await flights.join('a', 5, never)).toBe('failed');
    const controller = new AbortController();
    const joined = flights.join('a', 60_000, controller.signal);
    controller.abort();
    expect(await joined).toBe('failed');
    expect(await flights.join('a', 60_000, controller.signal)).toBe('failed');
  });

  it('an end that comes twice ends no later flight', async () => {
    const flights = new SingleFlight();
    const first = flights.lead('a');
    first?.('failed');
    const second = flights.lead('a');
    first?.('landed');
    expect(flights.lead('a')).toBeNull();
    const joined = flights.join('a', 60_000, never);
    second?.('landed');
    expect(await joined).toBe('landed');
  });
});
