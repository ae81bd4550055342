import { cacheMatchBody, matchQuestions } from '@/lib/admin/cache';
import { cacheMatchView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: endpoint({
    summary: 'Whether two questions would be given one answer, and what each check says.',
    access: 'viewer',
    body: cacheMatchBody,
    status: 200,
    response: cacheMatchView,
    run: ({ body }) => matchQuestions(body),
  }),
});
