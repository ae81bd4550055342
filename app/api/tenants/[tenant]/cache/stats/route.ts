import { cacheStatsQuery, readCache } from '@/lib/admin/cache';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { cacheStatsView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    ...ADMIN_OPERATIONS.readCacheStats,
    query: cacheStatsQuery,
    response: cacheStatsView,
    run: ({ access, query }) => readCache(access, query),
  }),
});
