import { changeTenant, deleteTenant, readTenant, tenantPatch } from '@/lib/admin/tenants';
import { tenantView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    summary: 'One tenant.',
    access: 'viewer',
    response: tenantView,
    run: ({ access }) => readTenant(access),
  }),
  PATCH: endpoint({
    summary: 'Changes a tenant.',
    access: 'owner',
    body: tenantPatch,
    response: tenantView,
    run: ({ access, body }) => changeTenant(access, body),
  }),
  DELETE: endpoint({
    summary: 'Deletes a tenant and all that it owns.',
    access: 'owner',
    status: 204,
    run: ({ access }) => deleteTenant(access),
  }),
});
