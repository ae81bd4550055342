import { cacheQuery, clearCache } from '@/lib/admin/cache';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  DELETE: endpoint({
    summary: 'Forgets cached answers, of a role or of the whole tenant.',
    access: 'editor',
    query: cacheQuery,
    status: 204,
    run: ({ access, query }) => clearCache(access, query),
  }),
});
