import { oneRole } from '@/lib/admin/inputs';
import { lint, lintBody } from '@/lib/admin/lint';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { lintView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: endpoint({
    ...ADMIN_OPERATIONS.lintPolicy,
    params: oneRole,
    body: lintBody,
    response: lintView,
    run: ({ access, params, body }) => lint(access, params.role, body),
  }),
});
