import { oneByRef } from '@/lib/admin/inputs';
import { readRequest } from '@/lib/admin/requests';
import { receiptView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    summary: 'One receipt, with what of its content was kept.',
    access: 'viewer',
    params: oneByRef,
    response: receiptView,
    run: ({ access, params }) => readRequest(access, params.id),
  }),
});
