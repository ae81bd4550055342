import { pageQuery } from '@/lib/admin/inputs';
import { createProvider, listProviders, providerInput } from '@/lib/admin/providers';
import { providersView, providerView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    summary: 'Provider connections, by name.',
    access: 'viewer',
    query: pageQuery,
    response: providersView,
    run: ({ access, query }) => listProviders(access, query),
  }),
  POST: endpoint({
    summary: 'Adds a provider connection; its API key is write-only.',
    access: 'editor',
    body: providerInput,
    status: 201,
    response: providerView,
    run: ({ access, body }) => createProvider(access, body),
  }),
});
