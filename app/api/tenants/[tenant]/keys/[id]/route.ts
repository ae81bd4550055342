import { oneById } from '@/lib/admin/inputs';
import { readKey, revokeKey } from '@/lib/admin/keys';
import { keyView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    summary: 'One API key.',
    access: 'viewer',
    params: oneById,
    response: keyView,
    run: ({ access, params }) => readKey(access, params.id),
  }),
  DELETE: endpoint({
    summary: 'Revokes an API key for good.',
    access: 'editor',
    params: oneById,
    status: 204,
    run: ({ access, params }) => revokeKey(access, params.id),
  }),
});
