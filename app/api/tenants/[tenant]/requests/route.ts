import { listRequests, requestsQuery } from '@/lib/admin/requests';
import { requestsView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    summary: 'The request log, newest first.',
    access: 'viewer',
    query: requestsQuery,
    response: requestsView,
    run: ({ access, query }) => listRequests(access, query),
  }),
});
