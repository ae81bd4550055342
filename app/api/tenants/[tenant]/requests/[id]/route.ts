import { oneByRef } from '@/lib/admin/inputs';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { readRequest } from '@/lib/admin/requests';
import { receiptView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    ...ADMIN_OPERATIONS.readRequest,
    params: oneByRef,
    response: receiptView,
    run: ({ access, params }) => readRequest(access, params.id),
  }),
});
