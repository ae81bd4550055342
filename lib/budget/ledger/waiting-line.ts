import type { Units } from './units';

type Waiter = { amount: Units; served(got: boolean): void };

/** Requests that wait for money others give back: first come, first served, so that a large one is not overtaken for ever. */
export class WaitingLine {
  private waiters: Waiter[] = [];

  get isEmpty(): boolean {
    return this.waiters.length === 0;
  }

  /** Resolves with true once the amount was taken for it, with false after `forMs`. */
  wait(amount: Units, forMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const waiter: Waiter = {
        amount,
        served: (got) => {
          clearTimeout(timer);
          resolve(got);
        },
      };
      const timer = setTimeout(() => {
        this.waiters = this.waiters.filter((each) => each !== waiter);
        resolve(false);
      }, forMs);
      this.waiters.push(waiter);
    });
  }

  /** Serves the line from its front for as long as `take` finds enough. */
  serve(take: (amount: Units) => boolean): void {
    for (;;) {
      const [first] = this.waiters;
      if (!first || !take(first.amount)) return;
      this.waiters.shift();
      first.served(true);
    }
  }
}
