import { evaluate, evaluateBody } from '@/lib/admin/evaluate';
import { oneRole } from '@/lib/admin/inputs';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { receiptView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: endpoint({
    ...ADMIN_OPERATIONS.evaluate,
    params: oneRole,
    body: evaluateBody,
    response: receiptView,
    run: ({ access, params, body }) => evaluate(access, params.role, body),
  }),
});
