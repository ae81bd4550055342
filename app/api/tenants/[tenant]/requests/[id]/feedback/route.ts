import { feedbackBody, rejectAnswer } from '@/lib/admin/cache';
import { oneByRef } from '@/lib/admin/inputs';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: endpoint({
    summary: 'Says that the cached answer to a request was wrong: it is given to nobody again.',
    access: 'editor',
    params: oneByRef,
    body: feedbackBody,
    status: 204,
    run: ({ access, params }) => rejectAnswer(access, params.id),
  }),
});
