import { pageQuery } from '@/lib/admin/inputs';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { createRole, listRoles, roleInput, roleSourceQuery } from '@/lib/admin/roles';
import { rolesView, roleView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    ...ADMIN_OPERATIONS.listRoles,
    query: pageQuery,
    response: rolesView,
    run: ({ access, query }) => listRoles(access, query),
  }),
  POST: endpoint({
    ...ADMIN_OPERATIONS.createRole,
    query: roleSourceQuery,
    body: roleInput,
    status: 201,
    response: roleView,
    run: ({ access, query, body }) => createRole(access, body, query.from),
  }),
});
