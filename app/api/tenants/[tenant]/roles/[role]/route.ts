import { oneRole } from '@/lib/admin/inputs';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { changeRole, deleteRole, readRole, rolePatch } from '@/lib/admin/roles';
import { roleView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    ...ADMIN_OPERATIONS.readRole,
    params: oneRole,
    response: roleView,
    run: ({ access, params }) => readRole(access, params.role),
  }),
  PATCH: endpoint({
    ...ADMIN_OPERATIONS.updateRole,
    params: oneRole,
    body: rolePatch,
    response: roleView,
    run: ({ access, params, body }) => changeRole(access, params.role, body),
  }),
  DELETE: endpoint({
    ...ADMIN_OPERATIONS.deleteRole,
    params: oneRole,
    status: 204,
    run: ({ access, params }) => deleteRole(access, params.role),
  }),
});
