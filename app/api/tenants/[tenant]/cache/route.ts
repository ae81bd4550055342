import { cacheQuery, clearCache } from '@/lib/admin/cache';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  DELETE: endpoint({
    ...ADMIN_OPERATIONS.clearCache,
    query: cacheQuery,
    status: 204,
    run: ({ access, query }) => clearCache(access, query),
  }),
});
