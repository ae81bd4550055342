import type { Clock } from '../types';

/** A clock that stands still until it is told to move. Milliseconds. */
export class FakeClock implements Clock {
  constructor(private at = Date.parse('2026-03-02T09:00:00Z')) {}

  now(): number {
    return this.at;
  }

  advance(ms: number): void {
    this.at += ms;
  }
}
