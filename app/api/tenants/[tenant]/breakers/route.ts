import { listBreakers } from '@/lib/admin/breakers';
import { breakersView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    summary: 'The circuit breaker of every provider connection.',
    access: 'viewer',
    response: breakersView,
    run: ({ access }) => listBreakers(access),
  }),
});
