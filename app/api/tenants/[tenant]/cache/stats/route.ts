import { cacheStatsQuery, readCache } from '@/lib/admin/cache';
import { cacheStatsView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    summary: 'What the cache holds and what it saved.',
    access: 'viewer',
    query: cacheStatsQuery,
    response: cacheStatsView,
    run: ({ access, query }) => readCache(access, query),
  }),
});
