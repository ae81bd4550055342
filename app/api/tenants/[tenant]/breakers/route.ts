import { listBreakers } from '@/lib/admin/breakers';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { breakersView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    ...ADMIN_OPERATIONS.listBreakers,
    response: breakersView,
    run: ({ access }) => listBreakers(access),
  }),
});
