import { pageQuery } from '@/lib/admin/inputs';
import { createTenant, listTenants, tenantInput } from '@/lib/admin/tenants';
import { tenantsView, tenantView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    summary: 'The tenants that the caller may enter.',
    access: 'actor',
    query: pageQuery,
    response: tenantsView,
    run: ({ access, query }) => listTenants(access, query),
  }),
  POST: endpoint({
    summary: "Creates a tenant with its default role, whose policy is the tier's.",
    access: 'actor',
    body: tenantInput,
    status: 201,
    response: tenantView,
    run: ({ access, body }) => createTenant(access, body),
  }),
});
