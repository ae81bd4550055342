import { changePassword, passwordBody } from '@/lib/admin/password';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  PUT: endpoint({
    summary: 'Changes the password of the signed-in person and signs them out everywhere.',
    access: 'actor',
    body: passwordBody,
    status: 204,
    run: ({ access, body }) => changePassword(access, body),
  }),
});
