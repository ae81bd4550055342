import { oneRole } from '@/lib/admin/inputs';
import { changeRole, deleteRole, readRole, rolePatch } from '@/lib/admin/roles';
import { roleView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    summary: 'One role.',
    access: 'viewer',
    params: oneRole,
    response: roleView,
    run: ({ access, params }) => readRole(access, params.role),
  }),
  PATCH: endpoint({
    summary: 'Changes all of a role but its policy.',
    access: 'editor',
    params: oneRole,
    body: rolePatch,
    response: roleView,
    run: ({ access, params, body }) => changeRole(access, params.role, body),
  }),
  DELETE: endpoint({
    summary: 'Deletes a role that has no live keys and is not the default one.',
    access: 'editor',
    params: oneRole,
    status: 204,
    run: ({ access, params }) => deleteRole(access, params.role),
  }),
});
