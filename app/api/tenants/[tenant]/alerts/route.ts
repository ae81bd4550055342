import { alertsQuery, listAlerts } from '@/lib/admin/alerts';
import { alertsView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    summary: 'Budget alerts and how their delivery went, newest first.',
    access: 'viewer',
    query: alertsQuery,
    response: alertsView,
    run: ({ access, query }) => listAlerts(access, query),
  }),
});
