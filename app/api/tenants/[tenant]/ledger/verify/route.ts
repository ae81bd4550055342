import { verifyBudgetLedger } from '@/lib/admin/ledger';
import { ledgerVerificationView } from '@/lib/admin/ledger-views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: endpoint({
    summary: 'Computes all balances anew from entries and receipts, and tells every difference.',
    access: 'viewer',
    status: 200,
    response: ledgerVerificationView,
    run: ({ access }) => verifyBudgetLedger(access),
  }),
});
