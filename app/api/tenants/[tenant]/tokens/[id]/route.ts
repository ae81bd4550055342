import { oneById } from '@/lib/admin/inputs';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { deleteToken } from '@/lib/admin/tokens';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  DELETE: endpoint({
    ...ADMIN_OPERATIONS.deleteToken,
    params: oneById,
    status: 204,
    run: ({ access, params }) => deleteToken(access, params.id),
  }),
});
