import { oneById } from '@/lib/admin/inputs';
import { deleteToken } from '@/lib/admin/tokens';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  DELETE: endpoint({
    summary: 'Deletes an admin token.',
    access: 'owner',
    params: oneById,
    status: 204,
    run: ({ access, params }) => deleteToken(access, params.id),
  }),
});
