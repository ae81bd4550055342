import { oneByRef } from '@/lib/admin/inputs';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { testProvider } from '@/lib/admin/provider-test';
import { providerTestView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: endpoint({
    ...ADMIN_OPERATIONS.testProvider,
    params: oneByRef,
    response: providerTestView,
    run: ({ access, params }) => testProvider(access, params.id),
  }),
});
