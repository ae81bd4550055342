import { budgetsQuery, listBudgets } from '@/lib/admin/budgets';
import { budgetsView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    summary: 'What each role may spend and has spent in the day, week and month.',
    access: 'viewer',
    query: budgetsQuery,
    response: budgetsView,
    run: ({ access, query }) => listBudgets(access, query),
  }),
});
