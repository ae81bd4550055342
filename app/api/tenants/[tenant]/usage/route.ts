import { readUsage, usageQuery } from '@/lib/admin/usage';
import { usageView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    summary: 'Requests, tokens and cost over a time, by one dimension.',
    access: 'viewer',
    query: usageQuery,
    response: usageView,
    run: ({ access, query }) => readUsage(access, query),
  }),
});
