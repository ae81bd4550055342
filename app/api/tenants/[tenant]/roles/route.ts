import { pageQuery } from '@/lib/admin/inputs';
import { createRole, listRoles, roleInput, roleSourceQuery } from '@/lib/admin/roles';
import { rolesView, roleView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    summary: 'Roles, by name.',
    access: 'viewer',
    query: pageQuery,
    response: rolesView,
    run: ({ access, query }) => listRoles(access, query),
  }),
  POST: endpoint({
    summary: 'Creates a role; `from` copies a policy: `tier`, `tier:free` or a role.',
    access: 'editor',
    query: roleSourceQuery,
    body: roleInput,
    status: 201,
    response: roleView,
    run: ({ access, query, body }) => createRole(access, body, query.from),
  }),
});
