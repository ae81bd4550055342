import { feedbackBody, rejectAnswer } from '@/lib/admin/cache';
import { oneByRef } from '@/lib/admin/inputs';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: endpoint({
    ...ADMIN_OPERATIONS.giveFeedback,
    params: oneByRef,
    body: feedbackBody,
    status: 204,
    run: ({ access, params }) => rejectAnswer(access, params.id),
  }),
});
