import { pageQuery } from '@/lib/admin/inputs';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { createTenant, listTenants, tenantInput } from '@/lib/admin/tenants';
import { tenantsView, tenantView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    ...ADMIN_OPERATIONS.listTenants,
    query: pageQuery,
    response: tenantsView,
    run: ({ access, query }) => listTenants(access, query),
  }),
  POST: endpoint({
    ...ADMIN_OPERATIONS.createTenant,
    body: tenantInput,
    status: 201,
    response: tenantView,
    run: ({ access, body }) => createTenant(access, body),
  }),
});
