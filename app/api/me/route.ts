import { readMe } from '@/lib/admin/me';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { meView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    ...ADMIN_OPERATIONS.readMe,
    response: meView,
    run: ({ access }) => readMe(access),
  }),
});
