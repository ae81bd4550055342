import { alertsQuery, listAlerts } from '@/lib/admin/alerts';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { alertsView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    ...ADMIN_OPERATIONS.listAlerts,
    query: alertsQuery,
    response: alertsView,
    run: ({ access, query }) => listAlerts(access, query),
  }),
});
