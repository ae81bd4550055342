import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { listRequests, requestsQuery } from '@/lib/admin/requests';
import { requestsView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    ...ADMIN_OPERATIONS.listRequests,
    query: requestsQuery,
    response: requestsView,
    run: ({ access, query }) => listRequests(access, query),
  }),
});
