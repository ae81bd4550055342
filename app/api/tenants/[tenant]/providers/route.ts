import { pageQuery } from '@/lib/admin/inputs';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { createProvider, listProviders, providerInput } from '@/lib/admin/providers';
import { providersView, providerView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    ...ADMIN_OPERATIONS.listProviders,
    query: pageQuery,
    response: providersView,
    run: ({ access, query }) => listProviders(access, query),
  }),
  POST: endpoint({
    ...ADMIN_OPERATIONS.createProvider,
    body: providerInput,
    status: 201,
    response: providerView,
    run: ({ access, body }) => createProvider(access, body),
  }),
});
