import { cacheMatchBody, matchQuestions } from '@/lib/admin/cache';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { cacheMatchView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: endpoint({
    ...ADMIN_OPERATIONS.matchQuestions,
    body: cacheMatchBody,
    status: 200,
    response: cacheMatchView,
    run: ({ body }) => matchQuestions(body),
  }),
});
