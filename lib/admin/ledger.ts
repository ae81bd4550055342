import 'server-only';
import { withTenant } from '@/lib/db/client';
import { verifyLedger } from '@/lib/db/ledger-verify';
import type { Access } from './access';
import type { LedgerVerificationView } from './ledger-views';

/** Recomputes the tenant's balances from entries and receipts, and tells every difference. Changes nothing. */
export async function verifyBudgetLedger({ tenant }: Access): Promise<LedgerVerificationView> {
  const at = new Date();
  const verification = await withTenant(tenant.id, (tx) => verifyLedger(tx, tenant.id));
  return { at: at.toISOString(), ok: verification.differences.length === 0, ...verification };
}
