import { readMe } from '@/lib/admin/me';
import { meView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    summary: 'Who asks, and the tenants they may enter.',
    access: 'actor',
    response: meView,
    run: ({ access }) => readMe(access),
  }),
});
