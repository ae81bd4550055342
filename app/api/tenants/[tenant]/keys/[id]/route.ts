import { oneById } from '@/lib/admin/inputs';
import { readKey, revokeKey } from '@/lib/admin/keys';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { keyView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    ...ADMIN_OPERATIONS.readKey,
    params: oneById,
    response: keyView,
    run: ({ access, params }) => readKey(access, params.id),
  }),
  DELETE: endpoint({
    ...ADMIN_OPERATIONS.revokeKey,
    params: oneById,
    status: 204,
    run: ({ access, params }) => revokeKey(access, params.id),
  }),
});
