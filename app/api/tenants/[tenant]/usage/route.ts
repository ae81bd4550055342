import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { readUsage, usageQuery } from '@/lib/admin/usage';
import { usageView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    ...ADMIN_OPERATIONS.readUsage,
    query: usageQuery,
    response: usageView,
    run: ({ access, query }) => readUsage(access, query),
  }),
});
