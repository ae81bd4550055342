import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { changeTenant, deleteTenant, readTenant, tenantPatch } from '@/lib/admin/tenants';
import { tenantView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    ...ADMIN_OPERATIONS.readTenant,
    response: tenantView,
    run: ({ access }) => readTenant(access),
  }),
  PATCH: endpoint({
    ...ADMIN_OPERATIONS.updateTenant,
    body: tenantPatch,
    response: tenantView,
    run: ({ access, body }) => changeTenant(access, body),
  }),
  DELETE: endpoint({
    ...ADMIN_OPERATIONS.deleteTenant,
    status: 204,
    run: ({ access }) => deleteTenant(access),
  }),
});
