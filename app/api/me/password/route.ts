import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { changePassword, passwordBody } from '@/lib/admin/password';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  PUT: endpoint({
    ...ADMIN_OPERATIONS.changePassword,
    body: passwordBody,
    status: 204,
    run: ({ access, body }) => changePassword(access, body),
  }),
});
