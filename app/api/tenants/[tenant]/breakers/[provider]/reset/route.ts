import { z } from 'zod';
import { resetBreaker } from '@/lib/admin/breakers';
import { refSchema } from '@/lib/admin/inputs';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { breakerView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: endpoint({
    ...ADMIN_OPERATIONS.resetBreaker,
    params: z.object({ provider: refSchema }),
    response: breakerView,
    run: ({ access, params }) => resetBreaker(access, params.provider),
  }),
});
