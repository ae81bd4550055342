import { describe, expect, it } from 'vitest';
import { SingleFlight } from './single-flight';

const never = new AbortController().signal;

describe('a single flight', () => {
  it('has one leader at a time, and all who join get what it brings', async () => {
    const flights = new SingleFlight<string>();
    const end = flights.lead('a');
    expect(flights.lead('a')).toBeNull();
    expect(flights.lead('b')).not.toBeNull();
    const joined = [1, 2, 3].map(() => flights.join('a', 60_000, never));
    end?.('answer');
    expect(await Promise.all(joined)).toEqual(['answer', 'answer', 'answer']);
    expect(flights.lead('a')).not.toBeNull();
  });

  it('lets those who wait go when it fails, their time is up or they are called off', async () => {
    const flights = new SingleFlight<string>();
    const end = flights.lead('a');
    expect(await flights.join('a', 5, never)).toBeNull();
    const controller = new AbortController();
    const joined = flights.join('a', 60_000, controller.signal);
    controller.abort();
    expect(await joined).toBeNull();
    expect(await flights.join('a', 60_000, controller.signal)).toBeNull();
    const failed = flights.join('a', 60_000, never);
    end?.(null);
    expect(await failed).toBeNull();
  });

  it('an end that comes twice ends no later flight', async () => {
    const flights = new SingleFlight<string>();
    const first = flights.lead('a');
    first?.(null);
    const second = flights.lead('a');
    first?.('too late');
    expect(flights.lead('a')).toBeNull();
    const joined = flights.join('a', 60_000, never);
    second?.('answer');
    expect(await joined).toBe('answer');
  });
});
