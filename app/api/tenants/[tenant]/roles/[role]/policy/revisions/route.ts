import { oneRole, pageQuery } from '@/lib/admin/inputs';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { listRevisions } from '@/lib/admin/policies';
import { revisionsView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    ...ADMIN_OPERATIONS.listRevisions,
    params: oneRole,
    query: pageQuery,
    response: revisionsView,
    run: ({ access, params, query }) => listRevisions(access, params.role, query),
  }),
});
