import { oneRole } from '@/lib/admin/inputs';
import { lint, lintBody } from '@/lib/admin/lint';
import { lintView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: endpoint({
    summary: 'What is worth a second look in a policy, the saved one or another; saves nothing.',
    access: 'viewer',
    params: oneRole,
    body: lintBody,
    response: lintView,
    run: ({ access, params, body }) => lint(access, params.role, body),
  }),
});
