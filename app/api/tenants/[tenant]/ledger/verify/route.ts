import { verifyBudgetLedger } from '@/lib/admin/ledger';
import { ledgerVerificationView } from '@/lib/admin/ledger-views';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: endpoint({
    ...ADMIN_OPERATIONS.verifyLedger,
    status: 200,
    response: ledgerVerificationView,
    run: ({ access }) => verifyBudgetLedger(access),
  }),
});
