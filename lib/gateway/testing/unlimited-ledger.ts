import type { BudgetHold, BudgetLedger } from '../ports';

const skip = { verdict: 'skip', reason: 'no ledger is kept' } as const;

const hold: BudgetHold = {
  reserve: () => Promise.resolve(skip),
  settle: () => Promise.resolve(),
  close: () => Promise.resolve(),
};
const opened = Promise.resolve({ decision: skip, hold });

/** A ledger that reserves nothing and refuses nothing. */
export const unlimitedLedger: BudgetLedger = { open: () => opened };
