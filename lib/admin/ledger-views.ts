import { z } from 'zod';

const money = z.string().regex(/^-?\d+(\.\d{1,10})?$/);

/** What a verification of the ledger answers. */
export const ledgerVerificationView = z.object({
  at: z.iso.datetime(),
  ok: z.boolean(),
  windows: z.int(),
  entries: z.int(),
  receipts: z.int(),
  settledUsd: money,
  differences: z.array(
    z.object({
      book: z.enum(['window', 'lease', 'usage', 'receipt']),
      roleId: z.uuid(),
      role: z.string(),
      subject: z.string(),
      recordedUsd: money,
      computedUsd: money,
    }),
  ),
});
export type LedgerVerificationView = z.output<typeof ledgerVerificationView>;

/** What became of a test alert, by channel. */
export const testAlertView = z.object({
  items: z.array(
    z.object({
      channel: z.enum(['email', 'webhook', 'slack']),
      /** E-mail address, or a URL's host. */
      target: z.string(),
      status: z.enum(['sent', 'failed', 'undeliverable']),
      error: z.string().nullable(),
    }),
  ),
});
export type TestAlertView = z.output<typeof testAlertView>;

export const signingSecretView = z.object({ secret: z.string().startsWith('whsec_') });
