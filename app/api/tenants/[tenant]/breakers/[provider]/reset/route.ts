import { z } from 'zod';
import { resetBreaker } from '@/lib/admin/breakers';
import { refSchema } from '@/lib/admin/inputs';
import { breakerView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: endpoint({
    summary: 'Closes a circuit breaker.',
    access: 'editor',
    params: z.object({ provider: refSchema }),
    response: breakerView,
    run: ({ access, params }) => resetBreaker(access, params.provider),
  }),
});
