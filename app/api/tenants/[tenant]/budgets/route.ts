import { budgetsQuery, listBudgets } from '@/lib/admin/budgets';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { budgetsView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    ...ADMIN_OPERATIONS.listBudgets,
    query: budgetsQuery,
    response: budgetsView,
    run: ({ access, query }) => listBudgets(access, query),
  }),
});
